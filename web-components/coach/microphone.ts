// Owns the coach's microphone: asked for once, silent unless the coach talks, given back when the console closes.

/** Echo cancellation, because the trainee is heard over the same machine. */
const VOICE: MediaTrackConstraints = { echoCancellation: { ideal: true }, noiseSuppression: { ideal: true }, autoGainControl: { ideal: true }, channelCount: { ideal: 1 } };

export class Microphone {
  #opening: Promise<MediaStreamTrack> | null = null;

  /** The track, silent. @throws DOMException when the person or the phone refuses */
  open(): Promise<MediaStreamTrack> {
    if (!this.#opening) {
      const opening = (this.#opening = openTrack());
      opening.then(
        (track) => track.addEventListener('ended', () => this.#forget(opening)),
        () => this.#forget(opening),
      );
    }
    return this.#opening;
  }

  close(): void {
    void this.#opening?.then((track) => track.stop(), () => undefined);
    this.#opening = null;
  }

  #forget(opening: Promise<MediaStreamTrack>): void {
    if (this.#opening === opening) this.#opening = null;
  }
}

async function openTrack(): Promise<MediaStreamTrack> {
  const [track] = (await navigator.mediaDevices.getUserMedia({ audio: VOICE })).getAudioTracks();
  if (!track) throw new DOMException('there is no microphone', 'NotFoundError');
  track.enabled = false;
  return track;
}
