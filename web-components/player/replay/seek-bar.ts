// Owns the bar that shows and moves where in the show the picture is, with a mark where each explanation begins.
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import type { ReplayMessages } from '../../i18n/replay.ts';
import { chapterAt, clockText, type Visit } from '../../show/index.ts';

export interface SeekBarOptions {
  visit: Visit;
  text: ReplayMessages;
  timeMs: number;
  lengthMs: number;
  /** Somebody holds it and has not let go yet. */
  isHeld: boolean;
  onHold: (timeMs: number) => void;
  onSeek: (timeMs: number) => void;
  /** A key moves it by so many ms. */
  onStep: (byMs: number) => void;
}

/** Places an element along the bar. By script: a careful page's policy refuses `style` attributes. */
const at = (percent: number) => ref((element) => (element as HTMLElement | undefined)?.style.setProperty('--at', `${percent}%`));

const KEY_STEPS_MS: Record<string, number> = { ArrowLeft: -5_000, ArrowDown: -5_000, ArrowRight: 5_000, ArrowUp: 5_000, PageDown: -60_000, PageUp: 60_000 };

export function seekBar({ visit, text, timeMs, lengthMs, isHeld, onHold, onSeek, onStep }: SeekBarOptions): TemplateResult {
  const { replay } = visit.playhead;
  const chapter = replay && chapterAt(replay, timeMs);
  const part = (ms: number): number => (lengthMs > 0 ? Math.min(100, (ms / lengthMs) * 100) : 0);
  const value = (event: Event): number => Number((event.target as HTMLInputElement).value) * 1000;
  return html`<div class="seek" ${at(part(timeMs))}>
    ${isHeld ? html`<span class="bubble" aria-hidden="true"><b>${clockText(timeMs)}</b> ${chapter?.name ?? ''}</span>` : ''}
    <span class="track" aria-hidden="true"><span class="played"></span>${replay?.chapters.map(({ startMs }) => html`<span class="mark" ${at(part(startMs))}></span>`)}</span>
    <input
      type="range"
      min="0"
      max=${Math.floor(lengthMs / 1000)}
      step="1"
      .value=${live(String(Math.floor(timeMs / 1000)))}
      aria-label=${text.seek}
      aria-valuetext=${text.spoken(timeMs, lengthMs, chapter?.name ?? '')}
      @input=${(event: Event) => onHold(value(event))}
      @change=${(event: Event) => onSeek(value(event))}
      @keydown=${(event: KeyboardEvent) => {
        const step = KEY_STEPS_MS[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onStep(step);
      }}
    />
  </div>`;
}
