// Owns how the words that stand for what is true later are put into a line: what each says now, a tap for each, and the line as it will be read.
import { html, nothing, type TemplateResult } from 'lit';
import { cueWords } from '../../../server/protocol/cue-limits.ts';
import type { PrompterMessages } from '../../i18n/prompter.en.ts';

export type LineField = HTMLInputElement | HTMLTextAreaElement;

/** One button a word, with what it says now. @param fill a line as it would be read now */
export function cueWordKeys(words: PrompterMessages, fill: (line: string) => string, put: (sign: string) => void): TemplateResult {
  return html`<fieldset class="keys">
    <legend>${words.signs}</legend>
    <p class="hint">${words.signsHint}</p>
    ${cueWords.map((word) => {
      const sign = `{${word}}`;
      // The line that is being written keeps the focus, and the phone its keyboard.
      return html`<button class="act" type="button" @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => put(sign)}><span>${words.signNames[word]} <code>${sign}</code></span><small>${fill(sign)}</small></button>`;
    })}
  </fieldset>`;
}

/** What a line will say, where that is something else than what stands there. */
export function readsAs(words: PrompterMessages, line: string, fill: (line: string) => string): TemplateResult | typeof nothing {
  const read = fill(line);
  return read === line ? nothing : html`<p class="reads">${words.reads(read)}</p>`;
}

/** Puts `sign` where the caret is, as typing would. @returns false where it does not fit */
export function putInto(field: LineField, sign: string): boolean {
  const start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? start;
  if (field.maxLength >= 0 && field.value.length - (end - start) + sign.length > field.maxLength) return false;
  field.setRangeText(sign, start, end, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
  return true;
}
