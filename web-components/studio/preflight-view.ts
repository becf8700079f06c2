// Owns how the checks before going live are drawn: a row of marks, and for the first fault what to do, in words.
import { html, nothing, type TemplateResult } from 'lit';
import type { StudioMessages } from '../i18n/studio.ts';
import { type CaptureReason, type Check, type CheckId, type Loudness, VOICE_PEAK } from '../publish/index.ts';
import { icon, type IconName } from '../ui/index.ts';

const icons: Record<CheckId, IconName> = { browser: 'link', camera: 'camera', sound: 'mic', network: 'signal', battery: 'battery', upright: 'upright' };
const RANK = { stop: 0, warn: 1, wait: 2, ok: 3 } as const;

/** The fault that should be put right first; a wait only counts where the person has to do something. */
export function firstFault(checks: readonly Check[]): Check | null {
  const told = checks.filter((check) => check.verdict === 'stop' || check.verdict === 'warn' || check.reason === 'speak');
  return told.sort((a, b) => RANK[a.verdict] - RANK[b.verdict])[0] ?? null;
}

/** What is wrong and what to do. */
export function adviceFor(reason: Check['reason'], words: StudioMessages): { title: string; hint: string } | null {
  if (reason === 'fine' || reason === 'measuring') return null;
  return reason in words.capture ? words.capture[reason as CaptureReason] : words.reasons[reason as Exclude<Check['reason'], CaptureReason | 'fine' | 'measuring'>];
}

/** The row of marks. What a mark says is in its words too, for who cannot see colours. */
export function checkRow(checks: readonly Check[], words: StudioMessages): TemplateResult {
  const signs: Record<Check['verdict'], IconName | null> = { ok: 'check', warn: 'alert', stop: 'close', wait: null };
  return html`<ul class="checks">
    ${checks.map((check) => {
      const sign = signs[check.verdict];
      const advice = adviceFor(check.reason, words);
      return html`<li class="check ${check.verdict}">
        <span class="mark">${icon(icons[check.id])}${sign ? html`<span class="sign">${icon(sign)}</span>` : nothing}</span>
        <span>${words.checks[check.id]}</span>
        <span class="visually-hidden">${advice?.title ?? (check.verdict === 'ok' ? words.ready.fine : words.ready.wait)}</span>
      </li>`;
    })}
  </ul>`;
}

/** The first fault with what to do; while the voice is listened for, how loud it is. */
export function adviceBox(check: Check, loudness: Loudness | null, words: StudioMessages): TemplateResult | typeof nothing {
  const advice = adviceFor(check.reason, words);
  if (!advice) return nothing;
  return html`<div class="advice ${check.verdict}" role=${check.verdict === 'stop' ? 'alert' : 'status'}>
    ${icon(icons[check.id])}
    <div>
      <h3>${advice.title}</h3>
      <p>${advice.hint}</p>
      ${check.id === 'sound' && check.reason === 'speak'
        ? html`<meter min="0" max=${VOICE_PEAK * 2} .value=${Math.min(VOICE_PEAK * 2, loudness?.level ?? 0)} aria-label=${words.ready.level}></meter>`
        : nothing}
    </div>
  </div>`;
}
