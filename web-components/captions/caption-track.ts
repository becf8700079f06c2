// Owns the captions of a replay as a text track of its video: the browser reads WebVTT and keeps time, this tells what stands now.
import type { StandingLine } from './standing-lines.ts';

export class CaptionTrack {
  readonly #element: HTMLTrackElement;
  readonly #url: string;
  readonly #onChange: () => void;
  readonly #onDeviceAsks: () => void;

  /**
   * @param vtt the file
   * @param on.change the cues that stand are others
   * @param on.deviceAsks the browser has switched the track on by itself, as the system's setting for captions wants it
   */
  constructor(video: HTMLVideoElement, vtt: string, on: { change: () => void; deviceAsks: () => void }) {
    this.#onChange = on.change;
    this.#onDeviceAsks = on.deviceAsks;
    this.#url = URL.createObjectURL(new Blob([vtt], { type: 'text/vtt' }));
    this.#element = document.createElement('track');
    this.#element.kind = 'captions';
    this.#element.src = this.#url;
    video.append(this.#element);
    const { track } = this.#element;
    // The browser chooses tracks in a task of its own, after this one.
    setTimeout(() => {
      if (track.mode === 'showing') this.#onDeviceAsks();
      // Drawn by us, over the picture and clear of the pins, not by the browser at its foot.
      track.mode = 'hidden';
    });
    track.addEventListener('cuechange', this.#changed);
    this.#element.addEventListener('load', this.#changed);
  }

  get standing(): StandingLine[] {
    return [...(this.#element.track.activeCues ?? [])].map((cue) => ({
      key: `${cue.id} ${cue.startTime}`,
      // As text: what looks like markup in it was escaped by the server, and is unescaped here by the browser.
      text: (cue as VTTCue).getCueAsHTML().textContent ?? '',
      lang: '',
      isDraft: false,
    }));
  }

  close(): void {
    this.#element.track.removeEventListener('cuechange', this.#changed);
    this.#element.remove();
    URL.revokeObjectURL(this.#url);
  }

  readonly #changed = (): void => this.#onChange();
}
