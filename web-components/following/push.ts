// Owns how this browser is asked for push messages, and whether it can have them: only the server's own pages may ask.
import { subscribePush } from '../../server/protocol/endpoints/following.ts';
import type { Call } from '../show/index.ts';

const WORKER = '/fieldcast-push.js';
const SCOPE = '/demo/';

/** `elsewhere`: on the server's own page. `none`: this browser has no push (in-app browsers, iPhones without a home screen icon). */
export type PushAbility = 'here' | 'elsewhere' | 'none';

export function pushAbility(serverUrl: string): PushAbility {
  const { origin, protocol, hostname } = new URL(serverUrl, location.href);
  // Anywhere else the server's page could not ask either.
  const isSecure = protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
  if (origin !== location.origin) return isSecure ? 'elsewhere' : 'none';
  return isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window ? 'here' : 'none';
}

export type Asked = { ok: true; viewerToken: string | null } | { ok: false; why: 'denied' | 'failed' };

/** Asks the browser and tells the server. Has to come from a tap. @param publicKey the server's, base64url */
export async function askForPush(call: Call, publicKey: string, language: 'zh-CN' | 'en'): Promise<Asked> {
  try {
    if ((await Notification.requestPermission()) !== 'granted') return { ok: false, why: 'denied' };
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const subscription = (await existing(registration, publicKey)) ?? (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
    const { endpoint = '', keys = {} } = subscription.toJSON();
    const body = { subscription: { endpoint, keys: { p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '' } }, language };
    const outcome = await call(subscribePush, { body });
    return outcome.ok ? { ok: true, viewerToken: outcome.value.viewerToken } : { ok: false, why: 'failed' };
  } catch {
    // No push service behind this browser (some phones without Google's services), or no network.
    return { ok: false, why: 'failed' };
  }
}

/** One that was made for another server key would never be written to. */
async function existing(registration: ServiceWorkerRegistration, publicKey: string): Promise<PushSubscription | null> {
  const found = await registration.pushManager.getSubscription();
  const key = found?.options.applicationServerKey;
  if (!found || !key) return found;
  const base64 = btoa(String.fromCharCode(...new Uint8Array(key))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  if (base64 === publicKey) return found;
  await found.unsubscribe();
  return null;
}

/** This browser takes none any more. */
export async function endPush(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration(SCOPE).catch(() => undefined);
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}
