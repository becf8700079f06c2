// Owns the studio's pages that fill the screen with one thing to do: leaving an app, signing in, picking a show, the end.
import { html, nothing, type TemplateResult } from 'lit';
import type { Order } from '../../server/protocol/order.ts';
import type { Show, ShowSnapshot } from '../../server/protocol/show.ts';
import type { Localize } from '../i18n/index.ts';
import type { StudioMessages } from '../i18n/studio.ts';
import type { InAppBrowser } from '../publish/index.ts';
import type { Client, Failure } from '../show/index.ts';
import { icon, type IconName } from '../ui/index.ts';
import { figuresSign } from './figures-sign.ts';

type Words = Localize<StudioMessages>;

/** One big picture, a sentence or two, something to do. */
export function fullPage(sign: IconName, title: string, hint: string, rest: unknown = nothing, isFault = false): TemplateResult {
  return html`<div class="full">
    <span class="hero ${isFault ? 'fault' : ''}">${icon(sign)}</span>
    <h2>${title}</h2>
    ${hint ? html`<p>${hint}</p>` : nothing} ${rest}
  </div>`;
}

/** Inside WeChat and the like: how to get to a browser that has a camera. The link is still unused. */
export function leaveAppPage(options: { words: StudioMessages; app: InAppBrowser; address: string; copying: 'not' | 'done' | 'failed'; canStay: boolean; onCopy: () => void; onStay: () => void }): TemplateResult {
  const { words, app, address, copying, canStay, onCopy, onStay } = options;
  const { leaveApp } = words;
  return fullPage(
    'link',
    leaveApp.title(words.apps[app]),
    leaveApp.hint,
    html`
      <ol>
        ${leaveApp.steps.map((step) => html`<li>${step}</li>`)}
      </ol>
      <input class="address" readonly aria-label=${leaveApp.link} .value=${address} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
      <button class="act main wide" type="button" @click=${onCopy}>${icon(copying === 'done' ? 'check' : 'link')}${leaveApp.copy}</button>
      <p role="status">${copying === 'done' ? leaveApp.copied : copying === 'failed' ? leaveApp.copyByHand : ''}</p>
      ${canStay ? html`<button class="act plain wide" type="button" @click=${onStay}>${leaveApp.stay}</button>` : nothing}
    `,
    true,
  );
}

/** No way in: what happened, and what to do. */
export function failedPage(words: StudioMessages, error: Failure, onRetry: () => void): TemplateResult {
  if (error.code === 'auth.revoked') return fullPage('user', words.helper.revoked, words.helper.revokedHint, nothing, true);
  const isSignIn = error.code === 'auth.missing' || error.code === 'auth.invalid';
  return fullPage(
    isSignIn ? 'link' : error.status === 0 ? 'offline' : 'alert',
    isSignIn ? words.signIn.title : words.errors[error.code],
    isSignIn ? words.signIn.hint : '',
    html`<button class="act main wide" type="button" @click=${onRetry}>${icon('retry')}${words.common.retry}</button>`,
    true,
  );
}

/** Which of several shows. */
export function pickPage(options: { localize: Words; name: string; shows: readonly Show[]; onPick: (showId: string) => void; onNotYou: () => void; onRetry: () => void }): TemplateResult {
  const { localize, name, shows, onPick, onNotYou, onRetry } = options;
  const { pick, common, otherPerson } = localize.text;
  const notYou = html`<button class="act plain wide" type="button" @click=${onNotYou}>${icon('user')}${otherPerson.notYou(name)}</button>`;
  if (shows.length === 0) {
    return fullPage('clock', pick.empty, pick.emptyHint, html`<button class="act main wide" type="button" @click=${onRetry}>${icon('retry')}${common.retry}</button>${notYou}`);
  }
  const when = (show: Show): string => {
    if (show.status === 'live') return pick.live;
    if (show.status === 'paused') return pick.paused;
    return show.plannedAt === null ? pick.unplanned : pick.planned(localize.dateTime(show.plannedAt));
  };
  return html`<div class="full">
    <h2>${pick.title}</h2>
    <div class="shows">
      ${shows.map(
        (show) => html`<button class="act" type="button" @click=${() => onPick(show.id)}>
          <span>${show.title}<small>${when(show)}</small></span>${icon('forward')}
        </button>`,
      )}
    </div>
    ${notYou}
  </div>`;
}

/** Somebody else's link was opened, or somebody says that it is not their name: who is it? */
export function otherPersonPage({ otherPerson }: StudioMessages, name: string, hasLink: boolean, onStay: () => void, onLeave: () => void): TemplateResult {
  return fullPage(
    'user',
    otherPerson.title(name),
    hasLink ? otherPerson.hint : otherPerson.signOutHint,
    html`
      <button class="act main wide" type="button" @click=${onStay}>${icon('check')}${otherPerson.stay}</button>
      <button class="act wide" type="button" @click=${onLeave}>${icon(hasLink ? 'link' : 'close')}${hasLink ? otherPerson.useLink : otherPerson.signOut}</button>
    `,
  );
}

/** After the show: what came of it, and what can be seen of it again. */
export function endedPage(
  localize: Words,
  { show, replay }: ShowSnapshot,
  { orders, client, onOrders, onFigures, rest }: { orders: readonly Order[]; client: Client; onOrders: () => void; onFigures: () => void; rest: unknown },
): TemplateResult {
  const { ended, practice } = localize.text;
  const isRehearsal = show.kind === 'rehearsal';
  const sold = orders.filter((order) => order.state !== 'cancelled' && order.state !== 'refused' && order.state !== 'awaiting-payment');
  const total = sold.reduce((sum, order) => sum + order.totalMinor, 0);
  return fullPage(
    'check',
    isRehearsal ? practice.ended : ended.title,
    isRehearsal ? practice.hint : ended.thanks,
    html`
      <dl class="sums">
        <div>
          <dt>${ended.time}</dt>
          <dd>${duration((show.endedAt ?? 0) - (show.startedAt ?? show.endedAt ?? 0))}</dd>
        </div>
        <div>
          <dt>${ended.orders}</dt>
          <dd>${localize.number(sold.length)}</dd>
        </div>
        <div>
          <dt>${ended.sum}</dt>
          <dd>${localize.money(total, show.currency)}</dd>
        </div>
      </dl>
      ${sold.length > 0 ? html`<button class="act main wide" type="button" @click=${onOrders}>${icon('basket')}${ended.toOrders}</button>` : nothing}
      ${rest}
      ${isRehearsal
        ? html`<fieldcast-studio-trainer-words .client=${client} .showId=${show.id}></fieldcast-studio-trainer-words>`
        : html`<button class="act wide" type="button" @click=${onFigures}>${figuresSign}${ended.toReport}</button>`}
      <fieldcast-studio-replay .client=${client} .show=${show} .status=${replay}></fieldcast-studio-replay>
    `,
  );
}

/** Hours, minutes, seconds: `1:02:03` or `12:30`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
