// Owns the section of cues: one tap for what is said often, a few words of one's own, and whether the trainee saw it.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Cue } from '../../server/protocol/coach-desk.ts';
import { CUE_LIMIT, type CuePreset, cuePresets } from '../../server/protocol/coach-limits.ts';
import { sendCue } from '../../server/protocol/endpoints.ts';
import { icon } from '../ui/index.ts';
import { cueSign } from '../ui/cue-sign.ts';
import { CoachPart } from './coach-part.ts';

const LISTED = 5;

export class FieldcastCoachCues extends CoachPart {
  @state() private isSending = false;

  protected override render(): TemplateResult | typeof nothing {
    const { trainee, words } = this;
    if (!trainee) return nothing;
    const { cues, whisper } = trainee.desk;
    return html`<div class="stack">
      ${whisper.canHear ? nothing : html`<p class="soft">${words.noEarHint}</p>`}
      <div class="chips">
        ${cuePresets.map((preset) => html`<button class="button" type="button" ?disabled=${this.isSending} @click=${() => void this.#send({ preset })}>${cueSign(preset)}${words.cues[preset]}</button>`)}
      </div>
      <form class="row" @submit=${this.#submit}>
        <div class="field grow"><input name="own" autocomplete="off" maxlength=${CUE_LIMIT} aria-label=${words.cueOwn} placeholder=${words.cuePlaceholder} /></div>
        <button class="button primary" type="submit" ?disabled=${this.isSending}>${icon('send')}${words.send}</button>
      </form>
      ${cues.length === 0
        ? nothing
        : html`<ul class="list" aria-label=${words.cueList}>
            ${cues.slice(0, LISTED).map((cue) => this.#cue(cue))}
          </ul>`}
    </div>`;
  }

  #cue({ preset, text, seenAt, at }: Cue): TemplateResult {
    const { words } = this;
    return html`<li>
      <span class="time">${clock(at)}</span><span class="what">${preset ? words.cues[preset] : text}</span>
      ${seenAt === null ? html`<span class="soft">${words.unseen}</span>` : html`<span class="seen">✓ ${words.seen}</span>`}
    </li>`;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem('own') as HTMLInputElement;
    const text = field.value.trim();
    if (!text) return field.focus();
    void this.#send({ text }).then((isSent) => {
      if (isSent) field.value = '';
    });
  }

  async #send(body: { preset: CuePreset } | { text: string }): Promise<boolean> {
    const { trainee } = this;
    if (!trainee) return false;
    this.isSending = true;
    const sent = await trainee.client.call(sendCue, { params: { showId: trainee.id }, body });
    this.isSending = false;
    return this.worked(sent);
  }
}

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 5);
}
