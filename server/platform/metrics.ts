// Owns the Prometheus registry of one server. Modules make their own counters on it; no label ever holds an id or personal data.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export class Metrics {
  readonly registry = new Registry();
  readonly httpSeconds = this.histogram('fieldcast_http_seconds', 'Time to answer an HTTP call', ['method', 'route', 'status']);
  readonly commandSeconds = this.histogram('fieldcast_command_seconds', 'Time to answer a socket command', ['command', 'outcome']);
  readonly listenerFaults = this.counter('fieldcast_listener_faults_total', 'Listeners on the bus that failed', ['fact']);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** `collect` is asked at each scrape. */
  gauge(name: string, help: string, collect: () => number): Gauge {
    return new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(collect());
      },
    });
  }

  /** A gauge of one value for each value of `label`; `collect` is asked at each scrape. */
  gauges(name: string, help: string, label: string, collect: () => Readonly<Record<string, number>>): Gauge {
    return new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [value, number] of Object.entries(collect())) this.set({ [label]: value }, number);
      },
    });
  }

  histogram<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Histogram<L> {
    return new Histogram({ name, help, labelNames, buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10], registers: [this.registry] });
  }

  /** Stops what the default metrics measure. */
  close(): void {
    this.registry.clear();
  }
}
