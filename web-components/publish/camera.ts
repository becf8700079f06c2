// Owns the camera and microphone of a host's phone: opening, flipping, replacing tracks that ended. Sending them is the publisher's.
import { CaptureError, toCaptureError } from './capture-error.ts';

/** Which way the camera looks: `environment` is the back camera, the one that shows the apples. */
export type Facing = 'environment' | 'user';

export interface CameraOptions {
  facing?: Facing;
  /** Called when a track was replaced (flip, or the phone took the old one away): the sender has to carry on with it. */
  onTrack?: (track: MediaStreamTrack) => void;
  /** Called when a track is gone and could not be had back. */
  onLost?: (kind: 'audio' | 'video', error: CaptureError) => void;
  /** Called when the phone gives a track nothing more (a call, another app), and when it does again. */
  onHeld?: (kind: 'audio' | 'video', isHeld: boolean) => void;
}

/** Phones count width and height along the sensor, which lies on its side: 960x540 arrives as 540x960 when held upright. */
const size: MediaTrackConstraints = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 25, max: 30 } };

/**
 * Echo cancellation stays on because the order sound comes out of the same phone. Noise suppression and automatic gain stay on
 * because a field has wind, engines and a speaker at changing distance; music, which they would hurt, is not what is sold here.
 */
const voice: MediaTrackConstraints = {
  echoCancellation: { ideal: true },
  noiseSuppression: { ideal: true },
  autoGainControl: { ideal: true },
  channelCount: { ideal: 1 },
};

/** Android frees a camera some 100 ms after `stop()`; opening it sooner throws NotReadableError. */
const RELEASE_MS = 400;
const REOPEN_DELAYS_MS = [0, 500, 1500, 4000];

/** A track that the phone has silenced mostly comes back by itself; after this long it is opened anew, each further time later. */
const HELD_MS = { first: 3_000, most: 48_000 };

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One phone's capture. `open()` first, `close()` at the end.
 *
 * `stream` stays the same object through flips and recoveries, so a preview is attached once.
 */
export class Camera {
  facing: Facing;
  /** Whether there is another camera to flip to. Known after `open()`. */
  canFlip = false;
  #stream: MediaStream | null = null;
  #isClosed = false;
  #isFlipping = false;
  #heldMs = HELD_MS.first;
  readonly #reopening = new Set<'audio' | 'video'>();
  readonly #options: CameraOptions;

  constructor(options: CameraOptions = {}) {
    this.#options = options;
    this.facing = options.facing ?? 'environment';
  }

  /** The stream for the preview; null before `open()` and after `close()`. */
  get stream(): MediaStream | null {
    return this.#stream;
  }

  get videoTrack(): MediaStreamTrack | null {
    return this.#stream?.getVideoTracks()[0] ?? null;
  }

  get audioTrack(): MediaStreamTrack | null {
    return this.#stream?.getAudioTracks()[0] ?? null;
  }

  /**
   * Asks for camera and microphone in one question, so that the browser shows one dialog.
   * @throws {CaptureError}
   */
  async open(): Promise<MediaStream> {
    if (!globalThis.isSecureContext) throw new CaptureError('insecure');
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media?.getUserMedia || typeof RTCPeerConnection === 'undefined') throw new CaptureError('unsupported');
    const stream = await openBoth(media, this.facing);
    if (this.#isClosed) {
      for (const track of stream.getTracks()) track.stop();
      throw new CaptureError('failed', new Error('closed while opening'));
    }
    this.#stream = stream;
    for (const track of stream.getTracks()) this.#watch(track);
    this.facing = facingOf(this.videoTrack) ?? this.facing;
    const devices = await media.enumerateDevices().catch(() => []);
    this.canFlip = devices.filter((device) => device.kind === 'videoinput').length > 1;
    return stream;
  }

  /**
   * Turns to the other camera; the sender gets its track by `onTrack`, with no new producer.
   * When the other camera does not open, the first one comes back.
   * @throws {CaptureError} when neither opens
   */
  async flip(): Promise<void> {
    if (!this.#stream || this.#isFlipping) return;
    this.#isFlipping = true;
    const before = this.facing;
    const after: Facing = before === 'environment' ? 'user' : 'environment';
    const deviceId = this.videoTrack?.getSettings().deviceId;
    try {
      // Android opens one camera at a time: the old track has to be stopped before the new one is asked for.
      this.#drop('video');
      try {
        await this.#replaceVideo(after, deviceId);
      } catch {
        await wait(RELEASE_MS);
        await this.#replaceVideo(before);
      }
    } finally {
      this.#isFlipping = false;
    }
  }

  /** Opens tracks again that ended or fell silent while the page was away (a call, the lock screen, another app). */
  async recover(): Promise<void> {
    if (!this.#stream) return;
    const gone = ([['video', this.videoTrack], ['audio', this.audioTrack]] as const).filter(([, track]) => track?.readyState !== 'live' || track.muted);
    await Promise.all(gone.map(([kind]) => this.#reopen(kind)));
  }

  /** Opens the microphone anew: after a call it can be live and give nothing but zeros. */
  async reopenMicrophone(): Promise<void> {
    if (this.#stream) await this.#reopen('audio');
  }

  close(): void {
    this.#isClosed = true;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
  }

  #drop(kind: 'audio' | 'video'): void {
    for (const track of this.#stream?.getTracks() ?? []) {
      if (track.kind !== kind) continue;
      track.stop();
      this.#stream?.removeTrack(track);
    }
  }

  async #replaceVideo(facing: Facing, unlikeId?: string): Promise<void> {
    let track = await openVideo(navigator.mediaDevices, facing);
    if (unlikeId && track.getSettings().deviceId === unlikeId) {
      // Cameras that do not say which way they look (tablets, webcams, some phones) can only be told apart by their ids.
      track.stop();
      track = await openOther(navigator.mediaDevices, unlikeId);
    }
    this.#adopt(track);
    this.facing = facingOf(track) ?? facing;
  }

  #adopt(track: MediaStreamTrack): void {
    if (this.#isClosed || !this.#stream) {
      track.stop();
      return;
    }
    this.#drop(track.kind as 'audio' | 'video');
    this.#stream.addTrack(track);
    this.#watch(track);
    this.#options.onTrack?.(track);
  }

  #watch(track: MediaStreamTrack): void {
    const kind = track.kind as 'audio' | 'video';
    track.contentHint = track.kind === 'video' ? 'motion' : 'speech';
    // `stop()` does not fire it: an ended track is one that the phone took away.
    track.addEventListener('ended', () => void this.#reopen(kind), { once: true });
    track.addEventListener('mute', () => void this.#held(track, kind));
    track.addEventListener('unmute', () => {
      this.#heldMs = HELD_MS.first;
      this.#options.onHeld?.(kind, false);
    });
  }

  async #held(track: MediaStreamTrack, kind: 'audio' | 'video'): Promise<void> {
    await wait(this.#heldMs);
    if (this.#isClosed || !track.muted || !this.#stream?.getTracks().includes(track)) return;
    this.#heldMs = Math.min(this.#heldMs * 2, HELD_MS.most);
    this.#options.onHeld?.(kind, true);
    await this.#reopen(kind);
  }

  async #reopen(kind: 'audio' | 'video'): Promise<void> {
    if (this.#reopening.has(kind)) return;
    this.#reopening.add(kind);
    try {
      let last: CaptureError = new CaptureError('failed');
      for (const delayMs of REOPEN_DELAYS_MS) {
        await wait(delayMs);
        if (this.#isClosed || this.#isFlipping) return;
        // A page in the background gets no camera on Android; `recover()` runs again when it is back.
        if (document.visibilityState === 'hidden') return;
        // Android opens one camera at a time, also when it is our own that gives no picture.
        if (kind === 'video') for (const track of this.#stream?.getVideoTracks() ?? []) track.stop();
        try {
          this.#adopt(kind === 'video' ? await openVideo(navigator.mediaDevices, this.facing) : await openAudio(navigator.mediaDevices));
          return;
        } catch (error) {
          last = toCaptureError(error, kind === 'video' ? 'no-camera' : 'no-microphone');
          if (last.reason === 'denied') break;
        }
      }
      this.#options.onLost?.(kind, last);
    } finally {
      this.#reopening.delete(kind);
    }
  }
}

async function openBoth(media: MediaDevices, facing: Facing): Promise<MediaStream> {
  try {
    return await media.getUserMedia({ audio: voice, video: { ...size, facingMode: { ideal: facing } } });
  } catch (error) {
    if (toCaptureError(error).reason === 'denied') throw toCaptureError(error);
  }
  // One of the two made it fail: open each alone, so that the message names the right one.
  const video = await openVideo(media, facing);
  try {
    const audio = await openAudio(media);
    return new MediaStream([video, audio]);
  } catch (error) {
    video.stop();
    throw error;
  }
}

/** From what we want to whatever a cheap phone gives. */
async function openVideo(media: MediaDevices, facing: Facing): Promise<MediaStreamTrack> {
  const wishes: (MediaTrackConstraints | true)[] = [{ ...size, facingMode: { ideal: facing } }, { facingMode: { ideal: facing } }, true];
  let last: unknown;
  for (const video of wishes) {
    try {
      const track = (await media.getUserMedia({ video })).getVideoTracks()[0];
      if (track) return track;
    } catch (error) {
      last = error;
      const { reason } = toCaptureError(error);
      if (reason === 'denied') break;
      if (reason === 'in-use') await wait(RELEASE_MS);
    }
  }
  throw toCaptureError(last);
}

/** The next camera after the one with this id. */
async function openOther(media: MediaDevices, deviceId: string): Promise<MediaStreamTrack> {
  const cameras = (await media.enumerateDevices()).filter((device) => device.kind === 'videoinput');
  const next = cameras[(cameras.findIndex((camera) => camera.deviceId === deviceId) + 1) % cameras.length];
  await wait(RELEASE_MS);
  try {
    const track = (await media.getUserMedia({ video: { ...size, deviceId: { exact: next?.deviceId ?? '' } } })).getVideoTracks()[0];
    if (track) return track;
  } catch (error) {
    throw toCaptureError(error);
  }
  throw new CaptureError('no-camera');
}

async function openAudio(media: MediaDevices): Promise<MediaStreamTrack> {
  try {
    const track = (await media.getUserMedia({ audio: voice })).getAudioTracks()[0];
    if (track) return track;
  } catch (error) {
    throw toCaptureError(error, 'no-microphone');
  }
  throw new CaptureError('no-microphone');
}

function facingOf(track: MediaStreamTrack | null): Facing | undefined {
  const facing = track?.getSettings().facingMode;
  return facing === 'environment' || facing === 'user' ? facing : undefined;
}
