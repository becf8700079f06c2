// Owns the doctor's look at network ports: free, or held by a Fieldcast that is already running.
import { createSocket } from 'node:dgram';
import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';

const PROBE_LIMIT_MS = 2_000;

/** Resolves with undefined if the port can be had, else with the error code. */
export function tryTcp(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

export function tryUdp(port, host) {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    socket.once('error', (error) => {
      socket.close();
      resolve(error.code);
    });
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve(undefined)));
  });
}

/** Whether what answers on the HTTP port is this product. */
export async function isFieldcastRunning({ host, port }) {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  for (const module of [http, https]) {
    const document = await getJson(module, { host: address, port, path: '/openapi.json' });
    if (/fieldcast/i.test(document?.info?.title ?? '')) return true;
  }
  return false;
}

function getJson(module, address) {
  return new Promise((resolve) => {
    const giveUp = () => resolve(undefined);
    // Its certificate may be of an authority of its own; nothing secret is sent, and only the title is read.
    const request = module.get({ ...address, timeout: PROBE_LIMIT_MS, rejectUnauthorized: false }, async (response) => {
      try {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve(JSON.parse(text));
      } catch {
        giveUp();
      }
    });
    request.once('error', giveUp);
    request.once('timeout', () => request.destroy());
  });
}

function meaning(code) {
  if (code === 'EADDRINUSE') return 'another program uses it';
  if (code === 'EACCES') return 'this user may not open it (ports below 1024 need rights)';
  if (code === 'EADDRNOTAVAIL') return 'this machine has no such address';
  return code;
}

export async function checkPorts(config) {
  const running = await isFieldcastRunning(config);
  const results = [];
  const web = await tryTcp(config.port, config.host);
  results.push(!web || running
    ? { ok: true, text: `web port ${config.port} ${running ? 'is served by a running Fieldcast' : 'is free'}` }
    : { ok: false, text: `web port ${config.port} on ${config.host}: ${meaning(web)}. Stop it, or set FIELDCAST_PORT or FIELDCAST_HOST.` });

  const blocked = [];
  for (let n = 0; n < config.workers && config.rtcPort > 0; n += 1) {
    const port = config.rtcPort + n;
    const udp = await tryUdp(port, config.host);
    const tcp = await tryTcp(port, config.host);
    if (udp) blocked.push(`UDP ${port}: ${meaning(udp)}`);
    if (tcp) blocked.push(`TCP ${port}: ${meaning(tcp)}`);
  }
  const range = config.workers > 1 ? `${config.rtcPort}-${config.rtcPort + config.workers - 1}` : String(config.rtcPort);
  if (blocked.length === 0) results.push({ ok: true, text: `media ports ${range} (UDP and TCP) are free` });
  else if (running) results.push({ ok: true, text: `media ports ${range} are in use while Fieldcast runs` });
  else results.push({ ok: false, text: `media ports: ${blocked.join('; ')}. Stop it, or set FIELDCAST_RTC_PORT.` });
  return results;
}
