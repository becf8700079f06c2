// Owns the life of the process: configuration, start, signals, exit code.
import { type App, createApp } from './app.ts';
import { ConfigError, readConfig } from './platform/config.ts';
import { createLogger } from './platform/log.ts';

/** A stop that takes longer is cut off, so that a service manager never has to kill. */
const STOP_LIMIT_MS = 9_000;

/** Starts the server of this process and ties it to SIGTERM and SIGINT. A wrong setting ends the process with one line. */
export async function startProcess(env: NodeJS.ProcessEnv): Promise<App> {
  let app: App;
  try {
    const config = readConfig(env);
    const log = createLogger(config.logLevel);
    // A fault that nobody caught: the data is safe in its transactions, the state of the process is not.
    process.on('uncaughtException', (error) => {
      log.fatal({ err: error }, 'uncaught exception');
      process.exit(1);
    });
    process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
    app = await createApp({ config, log });
  } catch (error) {
    console.error(startFault(error));
    process.exit(1);
  }
  // mediasoup brings one-shot listeners of its own, which keep the process alive with dead workers.
  process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(app));
  return app;
}

let isStopping = false;

async function stop(app: App): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  try {
    await app.close();
    process.exit(0);
  } catch (error) {
    console.error('fieldcast: stopping failed:', error);
    process.exit(1);
  }
}

function startFault(error: unknown): string {
  if (error instanceof ConfigError) return `fieldcast: ${error.message}`;
  if ((error as { code?: string }).code === 'EADDRINUSE') {
    return `fieldcast: ${(error as Error).message}. Another program has this port; stop it or set FIELDCAST_PORT.`;
  }
  // mediasoup makes an error of its own out of Node's, so the text is all that is left.
  if (error instanceof Error && error.message.startsWith('spawn ')) {
    return `fieldcast: the media worker does not start (${error.message}). Set MEDIASOUP_WORKER_BIN to a worker, or run npm run doctor.`;
  }
  return `fieldcast: cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
