// Owns `npm run doctor`: looks at everything the server stands on, one line each, with what to do where it is not right.
import { ROOT, setupOrExit } from './setup.mjs';
import { checkPorts } from './doctor/ports.mjs';
import { checkDecoder } from './doctor/programs.mjs';
import { checkStripe, checkTls, checkUplink } from './doctor/settings.mjs';
import { checkClock, checkDatabase, checkDisk } from './doctor/system.mjs';
import { checkRelay } from './doctor/turn.mjs';
import { selfCheckInChild } from './worker/self-check.mjs';

async function checkWorker(path) {
  try {
    const { packets, handshakeMs } = await selfCheckInChild(path);
    return { ok: true, text: `media worker: ${packets} packets each way over DTLS and SRTP, handshake ${handshakeMs} ms` };
  } catch (error) {
    return { ok: false, text: `media worker ${path}: ${error.message}. Delete it and run this again, or set MEDIASOUP_WORKER_BIN to a good one.` };
  }
}

async function readConfiguration() {
  const { readConfig, ConfigError } = await import('../dist/server/platform/config.js');
  try {
    return { config: readConfig(process.env) };
  } catch (error) {
    if (error instanceof ConfigError) return { problem: error.message };
    throw error;
  }
}

async function checkRelays(config) {
  const [{ Relays }, { systemClock }] = await Promise.all([import('../dist/server/media/relays.js'), import('../dist/server/platform/clock.js')]);
  const servers = new Relays({ urls: config.turnUrls, secret: config.turnSecret }, systemClock).forOneClient();
  return Promise.all(servers.flatMap((server) => server.urls.map((url) => checkRelay(url, server))));
}

const { workerBin } = await setupOrExit();
console.log('');
let failures = 0;
const report = ({ ok, text }) => {
  if (!ok) failures += 1;
  console.log(`${ok ? 'ok  ' : 'fix:'} ${text}`);
};

report(await checkWorker(workerBin));
report(await checkClock({ root: ROOT }));
report(checkStripe(process.env));
report(checkDecoder());
const { config, problem } = await readConfiguration();
if (config) {
  report({ ok: true, text: 'settings can be read' });
  report(checkTls(config));
  report(checkUplink(config));
  for (const result of await checkPorts(config)) report(result);
  for (const result of await checkRelays(config)) report(result);
  report(checkDisk(config.dataDir, config.diskReserveMb));
  report(checkDatabase(config.dataDir));
} else {
  // Ports, disk, TLS and database are looked at under the settings, so they wait until these are right.
  report({ ok: false, text: `settings: ${problem}` });
}
console.log(failures === 0 ? '\nAll is well.' : `\n${failures} to fix.`);
process.exitCode = failures === 0 ? 0 : 1;
