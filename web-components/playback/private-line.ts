// Owns both browser ends of a line that one person speaks into and one hears: a transport, one track, built anew when it breaks.
import type { types } from 'mediasoup-client';
import type { CommandResult } from '../../server/protocol/commands.ts';
import type { DtlsParameters, RtpCapabilities, RtpParameters } from '../../server/protocol/media.ts';
import { createDevice } from './device.ts';
import type { StreamSource } from './engine.ts';

export type LineSource = Pick<StreamSource, 'request' | 'on' | 'rtpCapabilities'>;

/** A step was refused; `code` is the server's. */
export class LineError extends Error {
  readonly code: string;
  readonly params: Record<string, string | number>;

  constructor({ code, params = {} }: { code: string; params?: Record<string, string | number> | undefined }) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

export interface LineEnd {
  /** Ends it on this side; `tell` on the server's too. */
  close(tell: boolean): void;
}

type Transports = Pick<types.Device, 'createSendTransport' | 'createRecvTransport'>;

async function asked<T>(answer: Promise<{ ok: true; value: T } | { ok: false; error: { code: string; params?: Record<string, string | number> | undefined } }>): Promise<T> {
  const outcome = await answer;
  if (!outcome.ok) throw new LineError(outcome.error);
  return outcome.value;
}

function optionsOf(info: CommandResult<'whisper.open'>['transport']): types.TransportOptions {
  return {
    id: info.id,
    iceParameters: info.iceParameters as types.IceParameters,
    iceCandidates: info.iceCandidates as types.IceCandidate[],
    dtlsParameters: info.dtlsParameters as types.DtlsParameters,
    iceServers: info.iceServers,
  };
}

function connectThrough(source: LineSource, transport: types.Transport): void {
  transport.on('connect', ({ dtlsParameters }, done, fail) => {
    asked(source.request('whisper.connect', { transportId: transport.id, dtlsParameters: dtlsParameters as DtlsParameters })).then(done, fail);
  });
}

/** Broken for good, from either side. @returns stops looking */
function whenBroken(source: LineSource, transport: types.Transport, onBroken: () => void): () => void {
  let isOver = false;
  const broke = (): void => {
    if (isOver) return;
    isOver = true;
    onBroken();
  };
  transport.on('connectionstatechange', (state) => void (state === 'failed' && broke()));
  const stop = source.on('transport.closed', ({ transportId }) => void (transportId === transport.id && broke()));
  return () => {
    isOver = true;
    stop();
  };
}

/**
 * The coach's end: sends this track, silent until the server is told that the coach talks.
 * @throws {LineError} `whisper.busy` with the name of who talks
 */
export async function speakInto(source: LineSource, track: MediaStreamTrack, options: { forceTcp: boolean; onBroken: () => void }): Promise<LineEnd> {
  const device: Transports = await createDevice(source.rtpCapabilities);
  const { transport: info } = await asked(source.request('whisper.open', { forceTcp: options.forceTcp }));
  const transport = device.createSendTransport(optionsOf(info));
  connectThrough(source, transport);
  transport.on('produce', ({ rtpParameters }, done, fail) => {
    asked(source.request('whisper.produce', { transportId: transport.id, rtpParameters: rtpParameters as RtpParameters })).then(({ producerId }) => done({ id: producerId }), fail);
  });
  const stop = whenBroken(source, transport, options.onBroken);
  try {
    // Short packets and no waiting for silence to end: what is whispered is of use at once or not at all.
    await transport.produce({ track, codecOptions: { opusStereo: false, opusFec: true, opusDtx: false, opusMaxAverageBitrate: 28_000, opusPtime: 20 }, stopTracks: false });
  } catch (error) {
    stop();
    transport.close();
    throw error;
  }
  return {
    close(tell) {
      stop();
      transport.close();
      if (tell) void source.request('whisper.close', {});
    },
  };
}

/** The host's end: `onTrack` gets what the coach says. @throws {LineError} */
export async function hearFrom(source: LineSource, options: { forceTcp: boolean; onTrack: (track: MediaStreamTrack) => void; onBroken: () => void }): Promise<LineEnd> {
  const device = await createDevice(source.rtpCapabilities);
  const early: CommandResult<'whisper.hear'>['consumers'] = [];
  let take = (consumers: CommandResult<'whisper.hear'>['consumers']): void => void early.push(...consumers);
  const stopTaking = source.on('whisper.track', ({ consumers }) => take(consumers as never));
  let transport: types.Transport | undefined;
  let stop = (): void => undefined;
  try {
    const heard = await asked(source.request('whisper.hear', { rtpCapabilities: device.recvRtpCapabilities as RtpCapabilities, forceTcp: options.forceTcp }));
    const receiving = (transport = device.createRecvTransport(optionsOf(heard.transport)));
    connectThrough(source, receiving);
    stop = whenBroken(source, receiving, options.onBroken);
    const build = async (consumers: typeof heard.consumers): Promise<void> => {
      for (const { id, producerId, kind, rtpParameters } of consumers) {
        const consumer = await receiving.consume({ id, producerId, kind, rtpParameters: rtpParameters as types.RtpParameters });
        // As little as the network allows: a hint that comes late is of no use.
        if (consumer.rtpReceiver && 'jitterBufferTarget' in consumer.rtpReceiver) consumer.rtpReceiver.jitterBufferTarget = 0;
        options.onTrack(consumer.track);
      }
    };
    await build([...heard.consumers, ...early.splice(0)]);
    take = (consumers) => void build(consumers).catch(options.onBroken);
  } catch (error) {
    stopTaking();
    stop();
    transport?.close();
    throw error;
  }
  return {
    close(tell) {
      stopTaking();
      stop();
      transport?.close();
      if (tell) void source.request('whisper.close', {});
    },
  };
}
