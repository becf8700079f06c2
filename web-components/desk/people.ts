// Owns the list of those who may not write for now: how, until when, by whom, and letting them write again.
import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Restriction } from '../../server/protocol/chat.ts';
import { changeRestriction, liftRestriction, listRestrictions } from '../../server/protocol/endpoints.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { DeskPart } from './desk-part.ts';
import type { DeskRoom } from './room.ts';

export class FieldcastDeskPeople extends DeskPart {
  @state() private restrictions: readonly Restriction[] = [];

  protected override async read({ client, showId }: DeskRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(listRestrictions, { params: { showId } });
    if (outcome.ok) this.restrictions = outcome.value.restrictions;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { people } = this.words;
    if (this.restrictions.length === 0) return html`<div class="empty">${icon('chat')}<h3>${people.empty}</h3><p>${people.emptyHint}</p></div>`;
    return html`<ul class="cards">
      ${this.restrictions.map(
        (each) => html`<li class="card row">
          <div class="grow">
            <p class="about"><strong>${this.nameOf(each.author.name)}</strong><span class="mark warm">${people.kinds[each.kind]}</span></p>
            <p class="soft">${people.until(this.time(each.endsAt))}${each.byName ? html` · ${people.by(each.byName)}` : ''}</p>
          </div>
          <button class="button" type="button" aria-label="${people.lift} ${this.nameOf(each.author.name)}" @click=${() => void this.#lift(each)}>${people.lift}</button>
        </li>`,
      )}
    </ul>`;
  }

  async #lift(restriction: Restriction): Promise<void> {
    const { room } = this;
    if (!room) return;
    const params = { showId: room.showId, restrictionId: restriction.id };
    const outcome = await room.client.call(liftRestriction, { params });
    const undo = async (): Promise<boolean> => {
      // From now on it holds as long as it had left.
      const minutes = Math.max(1, Math.ceil((restriction.endsAt - Date.now()) / 60_000));
      const { ok } = await room.client.call(changeRestriction, { params, body: { minutes } });
      await this.load();
      return ok;
    };
    this.settled(outcome, this.words.people.lifted(this.nameOf(restriction.author.name)), undo);
    await this.load();
  }
}
