// Owns the entry of the process: the server from the one file that the build made of it, or module by module where that is missing.
import { pathToFileURL } from 'node:url';
import type { App } from './app.ts';
import { loadBundle } from './bundle.ts';

/** Starts the server of this process and ties it to SIGTERM and SIGINT. A wrong setting ends the process with one line. */
export async function run(env: NodeJS.ProcessEnv = process.env): Promise<App> {
  const { startProcess } = loadBundle<typeof import('./process.ts')>() ?? (await import('./process.ts'));
  return startProcess(env);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const app = await run();
  console.log(`fieldcast: ${app.url}`);
  if (app.newOperatorSecret) console.log(`fieldcast: operator secret, shown this once: ${app.newOperatorSecret}`);
}
