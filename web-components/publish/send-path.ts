// Owns one mediasoup-client send transport with its producers: built once, closed once. Recovering is the publisher's.
import { Device } from 'mediasoup-client';
import type { types } from 'mediasoup-client';
import type { DtlsParameters, PauseReason, RtpCapabilities, RtpParameters } from '../../server/protocol/index.ts';
import type { VideoPlan } from './adaptation.ts';
import { AUDIO_BITRATE, chooseCodec, encodingsOf } from './layers.ts';
import type { Signalling } from './signalling.ts';

export type Kind = 'audio' | 'video';
export type ConnectionState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface SendPathOptions {
  signalling: Signalling;
  rtpCapabilities: RtpCapabilities;
  tracks: Readonly<Record<Kind, MediaStreamTrack | null>>;
  /** Kinds that start paused, and why: a muted host stays muted through every reconnect. */
  paused: Readonly<Record<Kind, PauseReason | null>>;
  /** What of the picture is sent at first. */
  plan: VideoPlan;
  /** Asked when the sound is sent: the server advises it while the transport is made. */
  opusPacketMs: () => OpusPacketMs;
  /** UDP has been tried and does not pass. */
  forceTcp: boolean;
  /** Whether somebody else who sends is replaced; else the server answers `publish.taken`. */
  takeOver: boolean;
  onConnection: (state: ConnectionState) => void;
}

/** How much sound goes into one packet: longer ones save headers where many share a thin line. */
export type OpusPacketMs = 20 | 60;

/** A way to the server that carries the host's tracks. */
export interface SendPath {
  readonly transportId: string;
  /** Ids of the producers on the server. */
  readonly producerIds: readonly string[];
  readonly connection: ConnectionState;
  restartIce(): Promise<void>;
  /** Takes the transport along to a new connection with the server, after the old one was lost a moment ago. */
  adopt(): Promise<void>;
  replaceTrack(kind: Kind, track: MediaStreamTrack): Promise<void>;
  /** Stops (with a reason) or resumes (null) a track for everyone; the server tells the viewers. A picture stopped by the network is still seen by the host. */
  setPaused(kind: Kind, reason: PauseReason | null): Promise<void>;
  /** Sends the picture so from now on. Without effect on a browser that cannot change it under way. */
  shape(plan: VideoPlan): Promise<void>;
  /** Sends the sound in packets of this length from now on, as a new producer. */
  packSound(opusPacketMs: OpusPacketMs): Promise<void>;
  stats(): Promise<Iterable<[string, unknown]>>;
  close(): void;
}

export type OpenSendPath = (options: SendPathOptions) => Promise<SendPath>;

/**
 * Opens a transport and sends the tracks, video first so that the show is live with a picture.
 * @throws when the server or the phone refuses; nothing stays open then
 */
export const openSendPath: OpenSendPath = async ({ signalling, rtpCapabilities, tracks, paused, plan, opusPacketMs, forceTcp, takeOver, onConnection }) => {
  const device = await deviceFor(rtpCapabilities);
  const { transport: info } = await signalling.send('media.publish', { forceTcp, takeOver });
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
  let shaping = Promise.resolve();
  let shape = plan;
  try {
    for (const kind of ['video', 'audio'] as const) await begin(kind, tracks[kind], paused[kind]);
  } catch (error) {
    transport.close();
    throw error;
  }

  /** A track that the phone has taken away is sent when it is back; the show does not wait for it. */
  async function begin(kind: Kind, track: MediaStreamTrack | null, reason: PauseReason | null): Promise<void> {
    if (!track || track.readyState === 'ended') return;
    producers.set(kind, kind === 'video' ? await transport.produce(videoOptions(device, track, shape)) : await sendSound(track, opusPacketMs()));
    if (reason) await setPaused(kind, reason);
  }

  async function setPaused(kind: Kind, reason: PauseReason | null): Promise<void> {
    const producer = producers.get(kind);
    if (!producer) return;
    if (reason === 'host') producer.pause();
    else producer.resume();
    await signalling.send('media.pause-producer', { producerId: producer.id, paused: reason !== null, reason: reason ?? 'host' });
  }

  async function sendSound(track: MediaStreamTrack, packetMs: OpusPacketMs): Promise<types.Producer> {
    const producer = await transport.produce(audioOptions(track, packetMs));
    // Where there is not enough for all, the voice is served before the picture.
    await change(producer.rtpSender, (encoding) => Object.assign(encoding, { priority: 'high', networkPriority: 'high' }));
    return producer;
  }

  return {
    transportId: transport.id,
    get producerIds() {
      return [...producers.values()].map((producer) => producer.id);
    },
    get connection() {
      return transport.connectionState;
    },
    async restartIce() {
      const { iceParameters } = await signalling.send('media.restart-ice', { transportId: transport.id });
      await transport.restartIce({ iceParameters: iceParameters as types.IceParameters });
    },
    async adopt() {
      await signalling.send('media.adopt', { transportId: transport.id });
    },
    async replaceTrack(kind, track) {
      const producer = producers.get(kind);
      if (producer) await producer.replaceTrack({ track });
      else await begin(kind, track, null);
    },
    setPaused,
    shape(wanted) {
      shape = wanted;
      shaping = shaping.then(() => change(producers.get('video')?.rtpSender, (encoding, index) => Object.assign(encoding, wanted[index])));
      return shaping;
    },
    async packSound(packetMs) {
      const before = producers.get('audio');
      if (!before?.track) return;
      const after = await sendSound(before.track, packetMs);
      producers.set('audio', after);
      if (before.paused) await setPaused('audio', 'host');
      before.close();
    },
    stats: async () => (await transport.getStats()) as unknown as Iterable<[string, unknown]>,
    close() {
      transport.close();
    },
  };
};

/** Changes how a track is encoded while it is sent. */
async function change(sender: RTCRtpSender | undefined, edit: (encoding: RTCRtpEncodingParameters, index: number) => void): Promise<void> {
  try {
    const parameters = sender?.getParameters();
    if (!sender || !parameters) return;
    parameters.encodings.forEach(edit);
    await sender.setParameters(parameters);
  } catch {
    // An older browser, or a transport that has just been closed: the browser's own control of the bitrate goes on.
  }
}

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

function videoOptions(device: Device, track: MediaStreamTrack, plan: VideoPlan): types.ProducerOptions {
  const codec = chooseCodec(device.sendRtpCapabilities.codecs ?? []);
  const plannedKbps = plan.reduce((sum, layer) => sum + (layer.active ? layer.maxBitrate / 1000 : 0), 0);
  return {
    track,
    ...(codec ? { codec } : {}),
    encodings: encodingsOf(plan),
    // Without it Chrome starts at 300 kbit/s and the first seconds are mud.
    codecOptions: { videoGoogleStartBitrate: Math.min(800, Math.max(100, Math.round(plannedKbps * 0.75))) },
    stopTracks: false,
  };
}

/** DTX only on a thin line: HLS has to fill its gaps with silence, and beside a large picture it saves little. */
function audioOptions(track: MediaStreamTrack, opusPtime: OpusPacketMs): types.ProducerOptions {
  return {
    track,
    // Where many share a thin line silence costs them nothing; a packet every 400 ms still tells viewers that the line is alive.
    codecOptions: { opusStereo: false, opusFec: true, opusDtx: opusPtime === 60, opusMaxAverageBitrate: AUDIO_BITRATE, opusPtime },
    stopTracks: false,
  };
}
