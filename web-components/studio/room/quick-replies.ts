// Owns the host's short answers to the chat, sent by one tap: which they are, on this device, in each language. No DOM.
import { postMessage } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import type { Locale } from '../../i18n/index.ts';
import { type Client, deviceStorage, Kept, type Outcome } from '../../show/index.ts';

/** What a tap sends has to be read off a button. */
export const REPLY_LIMIT = 24;
export const REPLIES_LIMIT = 10;

const usual: Record<Locale, readonly string[]> = {
  en: ['Thank you', 'Yes', 'No, sorry', 'Look at the shelf', 'Sent tomorrow', 'One moment', 'Welcome'],
  'zh-CN': ['谢谢', '有的', '没有了', '看下面货架', '明天发货', '稍等一下', '欢迎'],
};

const kept = (locale: Locale) =>
  new Kept<string[]>(
    deviceStorage(),
    `quick-replies:${locale}`,
    (value) => Array.isArray(value) && value.length <= REPLIES_LIMIT && value.every((each) => typeof each === 'string' && each.trim() !== '' && each.length <= REPLY_LIMIT),
  );

export const readReplies = (locale: Locale): readonly string[] => kept(locale).read() ?? usual[locale];

/** Keeps those that say something; an empty list brings the usual ones back. */
export function keepReplies(locale: Locale, replies: readonly string[]): readonly string[] {
  const lines = replies.map((each) => each.replace(/\s+/g, ' ').trim().slice(0, REPLY_LIMIT)).filter((each) => each !== '').slice(0, REPLIES_LIMIT);
  if (lines.length === 0) kept(locale).erase();
  else kept(locale).write(lines);
  return readReplies(locale);
}

/** Writes an answer in the chat. */
export function sendReply(room: { showId: string; client: Pick<Client, 'call'> }, text: string): Promise<Outcome<unknown>> {
  return room.client.call(postMessage, { params: { showId: room.showId }, body: { text }, idempotencyKey: newId('key') });
}
