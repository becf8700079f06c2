// Owns the strips on the picture while a show is sent: what is not as it should be, in plain words, and what the host can do about it.
import { html, nothing, type TemplateResult } from 'lit';
import type { Localize } from '../i18n/index.ts';
import type { StudioMessages } from '../i18n/studio.ts';
import { icon, type IconName } from '../ui/index.ts';
import type { OnAir } from './on-air.ts';
import type { OpenShow } from './open-show.ts';
import type { StudioState } from './studio-state.ts';

/** More would cover the picture; what stands first matters most. */
const MOST = 3;

type Words = Localize<StudioMessages>;
interface Strip {
  sign: IconName;
  text: string;
  hint?: string;
  /** Whether the host has to act: said at once to who cannot see it. */
  isAlert?: boolean;
  isCalm?: boolean;
  action?: TemplateResult;
}

export function liveStrips(localize: Words, state: StudioState, open: OpenShow, onAir: OnAir): TemplateResult[] {
  const words = localize.text;
  const strips = [...connection(words, state, onAir), ...devices(words, onAir), ...(state === 'live' ? phone(localize, onAir) : []), ...notes(words, open, onAir)];
  return strips.slice(0, MOST).map(draw);
}

function draw({ sign, text, hint, isAlert, isCalm, action }: Strip): TemplateResult {
  return html`<p class="strip ${isCalm ? '' : 'warn'}" role=${isAlert ? 'alert' : 'status'}>
    ${icon(sign)}<span class="words">${text}${hint ? html`<small>${hint}</small>` : nothing}</span>${action ?? nothing}
  </p>`;
}

/** Each step of coming back says what it does, so that nobody closes the page meanwhile. */
function connection({ live }: StudioMessages, state: StudioState, onAir: OnAir): Strip[] {
  if (state === 'connecting') return [{ sign: 'signal', text: live.connecting, isCalm: true }];
  if (state === 'reconnecting') {
    if (!navigator.onLine) return [{ sign: 'offline', text: live.noNetwork, hint: live.noNetworkHint, isAlert: true }];
    const sending = onAir.state;
    return [{ sign: 'offline', text: live.recovery[sending.name === 'reconnecting' ? sending.step : 'rejoin'], hint: live.reconnectingHint }];
  }
  return onAir.publisher.isPictureStopped ? [{ sign: 'eyeOff', text: live.pictureStopped, hint: live.pictureStoppedHint }] : [];
}

/** What the phone has taken away. It stays until it is back: viewers see a standing picture, or hear nothing. */
function devices({ live, common }: StudioMessages, onAir: OnAir): Strip[] {
  const again = html`<button class="act" type="button" @click=${() => void onAir.recover()}>${icon('retry')}${common.retry}</button>`;
  const of = (kind: 'audio' | 'video', sign: IconName, lost: string, held: string): Strip[] => {
    if (onAir.lost.has(kind)) return [{ sign, text: lost, isAlert: true, action: again }];
    return onAir.held.has(kind) ? [{ sign, text: held, hint: live.heldHint, isAlert: true }] : [];
  };
  const camera = of('video', 'camera', live.cameraLost, live.cameraHeld);
  const microphone = of('audio', 'micOff', live.microphoneLost, live.microphoneHeld);
  const dead: Strip[] = onAir.isMicrophoneDead && microphone.length === 0 ? [{ sign: 'micOff', text: live.microphoneDead, hint: live.microphoneDeadHint, isAlert: true }] : [];
  return [...camera, ...microphone, ...dead];
}

/** Said once, calmly, and gone when it is read or put right. */
function phone(localize: Words, onAir: OnAir): Strip[] {
  const { live, common } = localize.text;
  const { care } = onAir;
  if (!care?.advice) return [];
  const close = html`<button class="act close" type="button" aria-label=${common.close} @click=${() => onAir.dismissAdvice()}>${icon('close')}</button>`;
  const percent = localize.number(Math.round((care.battery?.level ?? 0) * 100));
  const { title, hint } = { battery: live.batteryLow(percent), 'battery-last': live.batteryLast(percent), heat: live.heat }[care.advice];
  return [{ sign: care.advice === 'heat' ? 'alert' : 'battery', text: title, hint, isCalm: care.advice !== 'battery-last', action: close }];
}

function notes({ live }: StudioMessages, { store }: OpenShow, onAir: OnAir): Strip[] {
  const strips: Strip[] = [];
  if (onAir.publisher.isMuted) strips.push({ sign: 'micOff', text: live.mutedNote });
  if (onAir.publisher.isCameraHidden) strips.push({ sign: 'eyeOff', text: live.hiddenNote });
  // A recording that runs is not worth a word; one that does not would be missed after the show.
  const { stream } = store;
  if (stream?.recording === 'disk-full') strips.push({ sign: 'alert', text: live.diskFull, hint: live.diskFullHint });
  else if (stream?.hls === false && stream.producers.some(({ kind }) => kind === 'video')) strips.push({ sign: 'alert', text: live.notRecordable, hint: live.notRecordableHint });
  if (!onAir.isUpright) strips.push({ sign: 'upright', text: live.sideways });
  return strips;
}
