// Owns the button that has somebody told when a show starts: by a push message where the browser has them, else by what there is.
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { dropReminder, readReminder, setReminder } from '../../server/protocol/endpoints/following.ts';
import type { Reminder } from '../../server/protocol/following.ts';
import { Localize } from '../i18n/index.ts';
import { type FollowingMessages, followingMessages } from '../i18n/following.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import { followingStyles } from './following.styles.ts';
import type { FollowLink } from './link.ts';
import { askForPush, pushAbility } from './push.ts';

/** Inside other elements only. */
export class FieldcastRemindButton extends LitElement {
  static override styles = [tokens, buttonStyles, followingStyles];

  @property({ attribute: false }) link: FollowLink | null = null;
  @property() show = '';

  @state() private reminder: Reminder | null = null;
  @state() private said: 'failed' | 'denied' | 'pushFailed' | null = null;
  @state() private isBusy = false;

  #localize = new Localize<FollowingMessages>(this, followingMessages);
  #asked = '';

  protected override willUpdate(): void {
    if (!this.link || this.show === '' || this.#asked === this.show || pushAbility(this.link.serverUrl) !== 'here') return;
    this.#asked = this.show;
    void this.#read(this.link);
  }

  override render() {
    const { text } = this.#localize;
    const { link, reminder, isBusy } = this;
    if (!link || this.show === '') return nothing;
    const ability = pushAbility(link.serverUrl);
    // Another site's page cannot ask for messages of this server; a page of the server's own can.
    if (ability === 'elsewhere') {
      return html`<a class="button over" part="remind" target="_blank" rel="noopener" href="${link.serverUrl}/demo/shop.html?show=${this.show}">${icon('bell')}<span>${text.remind}</span></a>`;
    }
    if (ability === 'none' || !reminder) return nothing;
    return html`<div class="follow">
      <button class="button over" part="remind" type="button" aria-pressed=${reminder.isReminded ? 'true' : 'false'} ?disabled=${isBusy} @click=${this.#toggle}>
        ${icon(reminder.isReminded ? 'check' : 'bell')}<span>${reminder.isReminded ? text.reminded : text.remind}</span>
      </button>
      <span role="status" class="said">${this.said ? text[this.said] : reminder.isReminded ? text.remindedHint : nothing}</span>
    </div>`;
  }

  async #read({ client }: FollowLink): Promise<void> {
    const outcome = await client.call(readReminder, { params: { showId: this.show } });
    if (outcome.ok) this.reminder = outcome.value;
    else this.#asked = '';
  }

  async #toggle(): Promise<void> {
    const { link, reminder } = this;
    if (!link || !reminder) return;
    this.isBusy = true;
    this.said = null;
    await (reminder.isReminded ? this.#drop(link, reminder) : this.#set(link, reminder));
    this.isBusy = false;
  }

  async #set({ client, viewer }: FollowLink, reminder: Reminder): Promise<void> {
    const asked = await askForPush(client.call, reminder.publicKey, this.#localize.locale);
    if (!asked.ok) {
      this.said = asked.why === 'denied' ? 'denied' : 'pushFailed';
      return;
    }
    if (asked.viewerToken) viewer?.keep(asked.viewerToken);
    const outcome = await client.call(setReminder, { params: { showId: this.show }, body: {} });
    if (outcome.ok) this.reminder = { ...reminder, isReminded: true };
    else this.said = 'failed';
  }

  async #drop({ client }: FollowLink, reminder: Reminder): Promise<void> {
    const outcome = await client.call(dropReminder, { params: { showId: this.show } });
    if (outcome.ok) this.reminder = { ...reminder, isReminded: false };
    else this.said = 'failed';
  }
}
