// Owns one mediasoup-client send transport with its producers: built once, closed once. Recovering is the publisher's.
import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import type { DtlsParameters, RtpCapabilities, RtpParameters } from '../../server/protocol/index.ts';
import { AUDIO_BITRATE, chooseCodec, chooseLayers, type DeviceFacts } from './layers.ts';
import type { Signalling } from './signalling.ts';

export type Kind = 'audio' | 'video';
export type ConnectionState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface SendPathOptions {
  signalling: Signalling;
  rtpCapabilities: RtpCapabilities;
  tracks: Readonly<Record<Kind, MediaStreamTrack | null>>;
  /** Kinds that start paused: a muted host stays muted through every reconnect. */
  paused: Readonly<Record<Kind, boolean>>;
  device: DeviceFacts;
  onConnection: (state: ConnectionState) => void;
}

/** A way to the server that carries the host's tracks. */
export interface SendPath {
  readonly transportId: string;
  /** Ids of the producers on the server. */
  readonly producerIds: readonly string[];
  readonly connection: ConnectionState;
  restartIce(): Promise<void>;
  replaceTrack(kind: Kind, track: MediaStreamTrack): Promise<void>;
  /** Stops or resumes a track for everyone: nothing is sent, and the server tells the viewers. */
  setPaused(kind: Kind, isPaused: boolean): Promise<void>;
  stats(): Promise<Iterable<[string, unknown]>>;
  close(): void;
}

export type OpenSendPath = (options: SendPathOptions) => Promise<SendPath>;

/**
 * Opens a transport and sends the tracks, video first so that the show is live with a picture.
 * @throws when the server or the phone refuses; nothing stays open then
 */
export const openSendPath: OpenSendPath = async ({ signalling, rtpCapabilities, tracks, paused, device: facts, onConnection }) => {
  const device = await deviceFor(rtpCapabilities);
  const { transport: info } = await signalling.send('media.publish', { takeOver: true });
  const transport = device.createSendTransport(info as types.TransportOptions);
  transport.on('connect', ({ dtlsParameters }, done, fail) => {
    const input = { transportId: transport.id, dtlsParameters: dtlsParameters as DtlsParameters };
    void answer(async () => signalling.send('media.connect', input), done, fail);
  });
  transport.on('produce', ({ kind, rtpParameters }, done, fail) => {
    const input = { transportId: transport.id, kind, rtpParameters: rtpParameters as RtpParameters };
    void answer(async () => ({ id: (await signalling.send('media.produce', input)).producerId }), done, fail);
  });
  transport.on('connectionstatechange', onConnection);

  const producers = new Map<Kind, types.Producer>();
  try {
    if (tracks.video) producers.set('video', await transport.produce(videoOptions(device, tracks.video, facts)));
    if (tracks.audio) producers.set('audio', await transport.produce(audioOptions(tracks.audio)));
    for (const kind of producers.keys()) if (paused[kind]) await setPaused(kind, true);
  } catch (error) {
    transport.close();
    throw error;
  }

  async function setPaused(kind: Kind, isPaused: boolean): Promise<void> {
    const producer = producers.get(kind);
    if (!producer) return;
    if (isPaused) producer.pause();
    else producer.resume();
    await signalling.send('media.pause-producer', { producerId: producer.id, paused: isPaused });
  }

  return {
    transportId: transport.id,
    producerIds: [...producers.values()].map((producer) => producer.id),
    get connection() {
      return transport.connectionState;
    },
    async restartIce() {
      const { iceParameters } = await signalling.send('media.restart-ice', { transportId: transport.id });
      await transport.restartIce({ iceParameters: iceParameters as types.IceParameters });
    },
    async replaceTrack(kind, track) {
      await producers.get(kind)?.replaceTrack({ track });
    },
    setPaused,
    stats: async () => (await transport.getStats()) as unknown as Iterable<[string, unknown]>,
    close() {
      transport.close();
    },
  };
};

let known: { capabilities: string; device: Promise<Device> } | undefined;

/** Asking the browser what it can do takes a tenth of a second, and its answer is the same after each loss of the connection. */
function deviceFor(rtpCapabilities: RtpCapabilities): Promise<Device> {
  const capabilities = JSON.stringify(rtpCapabilities);
  if (known?.capabilities !== capabilities) {
    const device = loadDevice(rtpCapabilities);
    known = { capabilities, device };
    device.catch(() => (known = undefined));
  }
  return known.device;
}

async function loadDevice(rtpCapabilities: RtpCapabilities): Promise<Device> {
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: rtpCapabilities as types.RtpCapabilities });
  return device;
}

/** mediasoup-client takes an answer by two callbacks. */
async function answer<T>(work: () => Promise<T>, done: (value: T) => void, fail: (error: Error) => void): Promise<void> {
  try {
    done(await work());
  } catch (error) {
    fail(error instanceof Error ? error : new Error(String(error)));
  }
}

function videoOptions(device: Device, track: MediaStreamTrack, facts: DeviceFacts): types.ProducerOptions {
  const codec = chooseCodec(device.sendRtpCapabilities.codecs ?? []);
  return {
    track,
    ...(codec ? { codec } : {}),
    encodings: chooseLayers(facts),
    // Without it Chrome starts at 300 kbit/s and the first seconds are mud.
    codecOptions: { videoGoogleStartBitrate: Math.min(800, Math.max(200, Math.round((facts.uplinkKbps ?? 800) / 2))) },
    stopTracks: false,
  };
}

/** DTX off: HLS has to fill its gaps with silence, and it saves little beside the picture. */
function audioOptions(track: MediaStreamTrack): types.ProducerOptions {
  return {
    track,
    codecOptions: { opusStereo: false, opusFec: true, opusDtx: false, opusMaxAverageBitrate: AUDIO_BITRATE },
    stopTracks: false,
  };
}
