// Owns the proof that a media worker is good: ICE, DTLS and SRTP between two real workers, packets counted both ways, and
// bandwidth estimation at work. Creating routers and transports proves nothing: they work even with a worker that dies at
// its first DTLS write, or one built without the estimation that keeps a weak phone's picture moving.
import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openIceRelay } from './ice-relay.mjs';

const PACKETS_WANTED = 50;
const SEND_EVERY_MS = 10;
const LIMIT_MS = 10_000;
/** For the whole child process: two worker starts on a slow machine, and the check itself. */
const PROCESS_LIMIT_MS = 30_000;

const CODEC = { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, preferredPayloadType: 100 };
const RTP_HEADER_BYTES = 12;
/** VP8 descriptor and frame header of a whole key frame (RFC 7741): a consumer passes nothing on before one. */
const KEY_FRAME = Buffer.from('10000000', 'hex');

/** Runs in this process. Resolves with what was measured; rejects with why the worker is not good. */
export async function selfCheck({ workerBin, packets = PACKETS_WANTED, limitMs = LIMIT_MS }) {
  const mediasoup = await import('mediasoup');
  const workers = [];
  let relay;
  let deadline;
  try {
    const failure = new Promise((_, reject) => {
      deadline = setTimeout(() => reject(new Error(`no media after ${limitMs / 1000} s`)), limitMs);
      for (let n = 0; n < 2; n += 1) {
        workers.push(mediasoup.createWorker({ workerBin, logLevel: 'error' }).then((worker) => {
          worker.on('died', (error) => reject(new Error(`the worker died: ${error.message}`)));
          return worker;
        }));
      }
    });
    const started = performance.now();
    const work = async () => {
      const [a, b] = await Promise.all(workers.map(async (worker) => openEnd(await worker)));
      relay = await openIceRelay([a.side, b.side]);
      const [rtpA, rtpB] = await Promise.all([offerMedia(a), offerMedia(b)]);
      // `role` is the one of the far end: a is the DTLS client, b the server.
      await a.transport.connect({ dtlsParameters: { ...b.transport.dtlsParameters, role: 'server' } });
      await b.transport.connect({ dtlsParameters: { ...a.transport.dtlsParameters, role: 'client' } });
      await Promise.all([connected(a.transport), connected(b.transport)]);
      const handshakeMs = performance.now() - started;
      await Promise.all([exchange(a, b, rtpA, packets), exchange(b, a, rtpB, packets)]);
      for (const { transport } of [a, b]) await expectBandwidthEstimation(transport);
      return { packets, handshakeMs: Math.round(handshakeMs), totalMs: Math.round(performance.now() - started) };
    };
    return await Promise.race([work(), failure]);
  } finally {
    clearTimeout(deadline);
    relay?.close();
    for (const result of await Promise.allSettled(workers)) result.value?.close();
  }
}

async function openEnd(worker) {
  const router = await worker.createRouter({ mediaCodecs: [CODEC] });
  const transport = await router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
  const direct = await router.createDirectTransport();
  const [candidate] = transport.iceCandidates;
  return { router, transport, direct, side: { ip: candidate.address, port: candidate.port, ...transport.iceParameters } };
}

/** A local source on the direct transport, and its consumer on the WebRTC transport towards the far end. */
async function offerMedia(end) {
  const ssrc = randomBytes(4).readUInt32BE();
  const producer = await end.direct.produce({
    kind: CODEC.kind,
    rtpParameters: {
      codecs: [{ mimeType: CODEC.mimeType, payloadType: CODEC.preferredPayloadType, clockRate: CODEC.clockRate }],
      encodings: [{ ssrc }],
    },
  });
  const consumer = await end.transport.consume({ producerId: producer.id, rtpCapabilities: end.router.rtpCapabilities });
  return { ssrc, producer, rtpParameters: consumer.rtpParameters };
}

function connected(transport) {
  if (transport.dtlsState === 'connected') return Promise.resolve();
  return new Promise((resolve, reject) => {
    transport.on('dtlsstatechange', (state) => {
      if (state === 'connected') resolve();
      else if (state === 'failed' || state === 'closed') reject(new Error(`the DTLS handshake ${state}`));
    });
  });
}

async function expectBandwidthEstimation(transport) {
  const [stats] = await transport.getStats();
  if (!(stats.availableOutgoingBitrate > 0)) throw new Error('it does not estimate bandwidth; it was built with ms_use_builtin_bwe=true');
}

/** Sends numbered packets from one end until enough different ones came out, unchanged, at the other. */
async function exchange(from, to, { ssrc, producer, rtpParameters }, wanted) {
  const arriving = await to.transport.produce({ kind: CODEC.kind, rtpParameters });
  const sink = await to.direct.consume({ producerId: arriving.id, rtpCapabilities: to.router.rtpCapabilities });
  const secret = randomBytes(100);
  const seen = new Set();
  let sequence = 0;
  let timer;
  try {
    await new Promise((resolve, reject) => {
      sink.on('rtp', (packet) => {
        // The header may have grown by extensions on the way; the payload is at the end.
        const payload = packet.subarray(packet.length - secret.length - 2);
        if (!payload.subarray(2).equals(secret)) {
          reject(new Error('a packet came out with another payload than it went in'));
          return;
        }
        seen.add(payload.readUInt16BE(0));
        if (seen.size >= wanted) resolve();
      });
      timer = setInterval(() => {
        const packet = Buffer.alloc(RTP_HEADER_BYTES);
        packet[0] = 0x80;
        // Marker bit: each packet is a frame.
        packet[1] = 0x80 | CODEC.preferredPayloadType;
        packet.writeUInt16BE(sequence & 0xffff, 2);
        packet.writeUInt32BE(sequence * 900, 4);
        packet.writeUInt32BE(ssrc, 8);
        producer.send(Buffer.concat([packet, KEY_FRAME, Buffer.from([sequence >> 8 & 0xff, sequence & 0xff]), secret]));
        sequence += 1;
      }, SEND_EVERY_MS);
    });
  } finally {
    clearInterval(timer);
  }
}

/** The same in a process of its own, so that neither a crash nor mediasoup's signal handlers reach the caller. */
export function selfCheckInChild(workerBin) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), workerBin], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PROCESS_LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => { output += chunk; });
    child.stderr.on('data', (chunk) => { errors += chunk; });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(errors.trim() || `the self-check did not end within ${PROCESS_LIMIT_MS / 1000} s`));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const result = await selfCheck({ workerBin: process.argv[2] ?? process.env.MEDIASOUP_WORKER_BIN });
    console.log(JSON.stringify(result));
    process.exit(0);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
