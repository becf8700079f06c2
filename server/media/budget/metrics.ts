// Owns the metrics of the uplink budget. Without a budget only the number of viewers is told.
import type { Metrics } from '../../platform/metrics.ts';
import type { UplinkAccount } from './journal.ts';

/** @param account is asked at each scrape */
export function meterUplink(metrics: Metrics, account: () => UplinkAccount): void {
  const kbps = (name: string, help: string, read: (account: UplinkAccount) => number) => metrics.gauge(`fieldcast_uplink_${name}_kbps`, help, () => read(account()));
  kbps('budget', 'Uplink that may be used; 0 when not limited', ({ line }) => line.uplinkKbps ?? 0);
  kbps('reserved', 'Uplink kept for signalling and orders, or taken by HTTP', ({ line }) => line.reservedKbps);
  kbps('planned', 'What the allotted levels take in the dearest second', ({ line }) => line.plannedKbps);
  kbps('wanted', 'What viewers would take at what they wish', ({ line }) => line.wantedKbps);
  kbps('sent_http', 'HTTP and sockets sent in the last second', ({ sent }) => sent.httpKbps);
  metrics.gauges('fieldcast_uplink_sent_media_kbps', 'Media sent in the last second', 'worker', () =>
    Object.fromEntries(account().workers.map(({ workerId, kbps: sent }) => [workerId, sent])),
  );
  metrics.gauges('fieldcast_uplink_viewers', 'Viewers by what they are allotted', 'level', () => account().levels);
  metrics.gauge('fieldcast_uplink_queue', 'Viewers that wait for room', () => account().queued);
}
