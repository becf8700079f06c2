// Owns what stands on the camera's picture: a greeting, checks before going live, controls while live, and why nothing is sent.
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Product, ShowSnapshot } from '../../server/protocol/index.ts';
import type { Localize } from '../i18n/index.ts';
import type { StudioMessages } from '../i18n/studio.ts';
import { canGoLive, type PublisherState } from '../publish/index.ts';
import { icon, picture, priceText } from '../ui/index.ts';
import { endedPage, fullPage } from './full-pages.ts';
import { liveStrips } from './live-strips.ts';
import type { OnAir } from './on-air.ts';
import type { OpenShow } from './open-show.ts';
import { adviceBox, checkRow, firstFault } from './preflight-view.ts';
import type { StudioState } from './studio-state.ts';

export interface CameraPageOptions {
  localize: Localize<StudioMessages>;
  state: StudioState;
  open: OpenShow;
  onAir: OnAir;
  snapshot: ShowSnapshot;
  /** Something is being done: what would get in its way is switched off. */
  isBusy: boolean;
  onStartCamera: () => void;
  onFlip: () => void;
  onOrders: () => void;
  onFigures: () => void;
}

export function cameraPage(options: CameraPageOptions): TemplateResult {
  const { localize, state, open, onAir, snapshot, onStartCamera, onOrders, onFigures } = options;
  const words = localize.text;
  const goLive = (label: string, takeOver: boolean): TemplateResult =>
    html`<button class="act main wide" type="button" @click=${() => void onAir.goLive(takeOver)}>${icon('retry')}${label}</button>`;
  switch (state) {
    case 'ended':
      return endedPage(localize, snapshot, { orders: open.inbox.orders, client: open.client, onOrders, onFigures, rest: practise(open, snapshot) });
    case 'replaced':
      return fullPage('user', words.replaced.title, words.replaced.hint, goLive(words.replaced.takeBack, true), true);
    case 'taken':
      return fullPage(
        'user',
        words.taken.title,
        words.taken.hint,
        html`${goLive(words.taken.takeOver, true)}
          <button class="act wide" type="button" @click=${() => onAir.leaveToOther()}>${icon('back')}${words.taken.leave}</button>`,
      );
    case 'refused':
      return fullPage('alert', words.refused.title, refusal(onAir.state, words.errors), goLive(words.common.retry, false), true);
    case 'greeting':
      return fullPage(
        'camera',
        words.prime.title(open.session.name),
        words.prime.hint,
        html`<button class="act go main wide" type="button" @click=${onStartCamera}>${icon('camera')}${words.prime.start}</button>${firstSteps(open, snapshot)}${practise(open, snapshot)}`,
      );
    case 'ready':
      return html`<div class="over">${rehearsalMark(options)}${readyPanel(words, onAir, open)}${firstSteps(open, snapshot, true)}${practise(open, snapshot)}</div>`;
    default:
      return html`<div class="over">${rehearsalMark(options)}${liveControls(options)}</div>`;
  }
}

/** In the picture itself; above what stands at its lower end, because cards open at its upper one. */
function rehearsalMark({ localize, onAir, snapshot }: CameraPageOptions): TemplateResult | typeof nothing {
  return snapshot.show.kind === 'rehearsal' && onAir.stream ? html`<span class="in-picture" aria-hidden="true">${localize.text.practice.mark}</span>` : nothing;
}

/** Before the first rehearsal: what the buttons do, tried out where nobody sees it. @param isOnce gone once it was done */
function firstSteps({ session, onAir }: OpenShow, { show }: ShowSnapshot, isOnce = false): TemplateResult | typeof nothing {
  if (session.role !== 'host' || show.kind !== 'live' || show.status !== 'planned') return nothing;
  return html`<fieldcast-first-steps .currency=${show.currency} .stream=${onAir?.stream ?? null} .isOnce=${isOnce}></fieldcast-first-steps>`;
}

/** The way into practice from a show that has not begun, and from practice into the real shop. It is the host's own. */
function practise({ session, room }: OpenShow, { show, shelf }: ShowSnapshot): TemplateResult | typeof nothing {
  const isOpen = show.kind === 'live' ? show.status === 'planned' : show.status === 'planned' || show.status === 'ended';
  if (session.role !== 'host' || !isOpen) return nothing;
  return html`<fieldcast-studio-practise .room=${room} .show=${show} .productIds=${shelf.map(({ id }) => id)}></fieldcast-studio-practise>`;
}

/** One element for the picture, large or small, so that it does not start anew with each tab; nor, guarded, with each drawing. */
export function preview(onAir: OnAir, state: StudioState): TemplateResult | typeof nothing {
  if (!onAir.stream) return nothing;
  const isCovered = onAir.publisher.isCameraHidden || state === 'ended' || state === 'replaced' || state === 'taken' || state === 'refused';
  return html`<video
    class="video ${onAir.isFrontCamera ? 'mirrored' : ''} ${isCovered ? 'covered' : ''}"
    autoplay
    playsinline
    aria-hidden="true"
    .muted=${true}
    .srcObject=${guard([onAir.stream], () => onAir.stream)}
  ></video>`;
}

function readyPanel(words: StudioMessages, onAir: OnAir, { store }: OpenShow): TemplateResult {
  const { ready, taken, practice } = words;
  const { checks } = onAir;
  const verdict = canGoLive(checks);
  const fault = firstFault(checks);
  const canGo = onAir.capture === 'open' && !checks.some((check) => check.verdict === 'stop' && !check.canOverride);
  const isElsewhere = (store.stream?.producers.length ?? 0) > 0;
  const { status, kind } = store.snapshot?.show ?? {};
  const own = kind === 'rehearsal' ? { goOn: practice.goOn, goLive: practice.start } : ready;
  const label = isElsewhere ? taken.takeOver : status === 'paused' || status === 'live' ? own.goOn : own.goLive;
  // What is asked here is not asked again.
  const go = (): void => void onAir.goLive(isElsewhere);
  return html`<div class="panel">
    ${checkRow(checks, words)} ${fault ? adviceBox(fault, onAir.loudness, words) : nothing} ${isElsewhere ? html`<p><b>${taken.title}</b><br />${taken.hint}</p>` : nothing}
    ${verdict === 'no'
      ? html`<div class=${canGo ? 'two' : ''}>
          <button class="act main wide" type="button" @click=${() => void onAir.check()}>${icon('retry')}${words.common.retry}</button>
          ${canGo ? html`<button class="act" type="button" @click=${go}>${ready.anyway}</button>` : nothing}
        </div>`
      : html`<button class="act go ${kind === 'rehearsal' ? 'practise' : 'live'} wide" type="button" ?disabled=${!canGo} @click=${go}>
          ${icon('play')}${onAir.capture === 'opening' ? words.prime.opening : label}
        </button>`}
  </div>`;
}

function liveControls({ localize, state, open, onAir, isBusy, onFlip }: CameraPageOptions): TemplateResult {
  const { live } = localize.text;
  const { isMuted, isCameraHidden } = onAir.publisher;
  const { snapshot } = open.store;
  const pinned = snapshot?.shelf.find(({ id }) => id === snapshot.pins[0]);
  return html`
    ${liveStrips(localize, state, open, onAir)}
    ${pinned ? pinnedStrip(localize, pinned, open.client.serverUrl) : nothing}
    <div class="tiles">
      <button class="act" type="button" aria-pressed=${isMuted ? 'true' : 'false'} @click=${() => void onAir.setPaused('audio', !isMuted)}>
        ${icon(isMuted ? 'micOff' : 'mic')}${isMuted ? live.unmute : live.mute}
      </button>
      ${onAir.canFlip ? html`<button class="act" type="button" ?disabled=${isBusy} @click=${onFlip}>${icon('flip')}${live.flip}</button>` : nothing}
      <button class="act" type="button" aria-pressed=${isCameraHidden ? 'true' : 'false'} @click=${() => void onAir.setPaused('video', !isCameraHidden)}>
        ${icon(isCameraHidden ? 'eye' : 'eyeOff')}${isCameraHidden ? live.show : live.hide}
      </button>
    </div>
  `;
}

/** What buyers see on the picture now. */
function pinnedStrip(localize: Localize<StudioMessages>, product: Product, serverUrl: string): TemplateResult {
  const { amount, perUnit } = priceText(product, localize);
  return html`<p class="strip">
    ${picture(serverUrl, product.pictures[0], '', '48px')}
    <span class="words"><small>${localize.text.live.main} · ${amount}${perUnit}</small>${product.name}</span>
  </p>`;
}

function refusal(state: PublisherState, errors: Record<string, string>): string {
  return (state.name === 'stopped' && state.code ? errors[state.code] : undefined) ?? '';
}
