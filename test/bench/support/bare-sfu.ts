// Owns the least program that forwards a stream with mediasoup, in a process of its own: what a viewer costs is measured against it.
// It answers calls over the channel of `fork`; it knows nothing of shows, tokens or HTTP.
import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import { INITIAL_OUTGOING_BPS, mediaCodecs } from '../../../server/media/codecs.ts';

export type BareCall =
  | { method: 'capabilities' }
  | { method: 'pids' }
  | { method: 'open'; room: string }
  | { method: 'produce'; transportId: string; track: { kind: types.MediaKind; rtpParameters: types.RtpParameters } }
  | { method: 'watch'; room: string; rtpCapabilities: types.RtpCapabilities }
  | { method: 'resume'; consumerIds: string[] }
  | { method: 'connect'; transportId: string; dtlsParameters: types.DtlsParameters }
  | { method: 'close'; transportId: string };

interface Room {
  router: types.Router;
  producers: types.Producer[];
}

const workerBin = process.env['MEDIASOUP_WORKER_BIN'];
const worker = await mediasoup.createWorker({ logLevel: 'error', ...(workerBin ? { workerBin } : {}) });
const server = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }, { protocol: 'tcp', ip: '127.0.0.1' }] });
const rooms = new Map<string, Room>();
const roomOf = new Map<string, Room>();
const transports = new Map<string, types.WebRtcTransport>();
const consumers = new Map<string, types.Consumer>();

async function openTransport(name: string): Promise<types.WebRtcTransport> {
  let room = rooms.get(name);
  if (!room) rooms.set(name, (room = { router: await worker.createRouter({ mediaCodecs }), producers: [] }));
  const transport = await room.router.createWebRtcTransport({ webRtcServer: server, enableTcp: true, preferUdp: true, initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BPS });
  transports.set(transport.id, transport);
  roomOf.set(transport.id, room);
  return transport;
}

const info = ({ id, iceParameters, iceCandidates, dtlsParameters }: types.WebRtcTransport) => ({ id, iceParameters, iceCandidates, dtlsParameters });

async function answer(call: BareCall): Promise<unknown> {
  switch (call.method) {
    case 'capabilities':
      return (await worker.createRouter({ mediaCodecs })).rtpCapabilities;
    case 'pids':
      return [process.pid, worker.pid];
    case 'open':
      return info(await openTransport(call.room));
    case 'produce': {
      const producer = await must(transports.get(call.transportId)).produce({ ...call.track, keyFrameRequestDelay: 500 });
      must(roomOf.get(call.transportId)).producers.push(producer);
      return producer.id;
    }
    case 'watch': {
      const transport = await openTransport(call.room);
      const made = await Promise.all(
        must(rooms.get(call.room)).producers.map((producer) => transport.consume({ producerId: producer.id, rtpCapabilities: call.rtpCapabilities, paused: true })),
      );
      for (const consumer of made) consumers.set(consumer.id, consumer);
      return { transport: info(transport), consumers: made.map(({ id, producerId, kind, rtpParameters }) => ({ id, producerId, kind, rtpParameters, layers: 1 })) };
    }
    case 'resume':
      await Promise.all(call.consumerIds.map((id) => must(consumers.get(id)).resume()));
      return undefined;
    case 'connect':
      await must(transports.get(call.transportId)).connect({ dtlsParameters: call.dtlsParameters });
      return undefined;
    case 'close':
      transports.get(call.transportId)?.close();
      transports.delete(call.transportId);
      return undefined;
  }
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('unknown id');
  return value;
}

process.on('message', ({ id, call }: { id: number; call: BareCall }) => {
  answer(call).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ id: 0 });
