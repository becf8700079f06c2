// Owns the log as people read it: who of the staff did what in the chat, and to whom, newest first.
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ModerationEntry } from '../../server/protocol/chat.ts';
import { readModerationLog } from '../../server/protocol/endpoints.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { DeskPart } from './desk-part.ts';
import type { DeskRoom } from './room.ts';

export class FieldcastDeskLog extends DeskPart {
  @state() private entries: readonly ModerationEntry[] = [];

  protected override async read({ client, showId }: DeskRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(readModerationLog, { params: { showId } });
    if (outcome.ok) this.entries = outcome.value.entries;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { log } = this.words;
    if (this.entries.length === 0) return html`<div class="empty">${icon('clock')}<h3>${log.empty}</h3></div>`;
    return html`<ol class="log">
      ${this.entries.map(
        (entry) => html`<li>
          <time datetime=${new Date(entry.at).toISOString()}>${this.time(entry.at)}</time>
          <p>
            <strong>${entry.byName || log.roles[entry.byRole]}</strong> ${log.actions[entry.action]}${entry.action === 'rules' || entry.action === 'erase' ? '' : html` <strong>${this.nameOf(entry.authorName)}</strong>`}
            ${entry.text ? html`<span class="soft" dir="auto">${entry.text}</span>` : ''}
          </p>
        </li>`,
      )}
    </ol>`;
  }
}
