// Owns what a reminder says, in the language its subscriber reads. `{time}` is put in by the device, which knows its own time zone.
import type { ReminderLanguage } from '../../protocol/following.ts';
import type { Show } from '../../protocol/show.ts';
import type { Moment } from './tables.ts';

/** What the service worker gets. Nothing of the person it goes to: titles, names of sellers, an address. */
export interface PushNote {
  title: string;
  body: string;
  /** The page to open. */
  url: string;
  /** A later note of the same show takes the place of the earlier one. */
  tag: string;
  lang: ReminderLanguage;
  /** What `{time}` in the body stands for, ms since epoch. */
  at: number | null;
}

const words: Record<ReminderLanguage, Record<Moment, (show: Show) => string>> = {
  'zh-CN': {
    new: ({ sellerName }) => `${sellerName} 有新直播，{time} 开始`,
    soon: ({ sellerName }) => `${sellerName} 的直播快开始了，{time} 开播`,
    live: ({ sellerName }) => `${sellerName} 正在直播，点开就能看`,
    turn: () => '您排队等的货到了，给您留到 {time}，点开就能下单',
  },
  en: {
    new: ({ sellerName }) => `New show by ${sellerName}, {time}`,
    soon: ({ sellerName }) => `${sellerName} starts at {time}`,
    live: ({ sellerName }) => `${sellerName} is live now`,
    turn: () => 'What you waited for is here. It is kept for you until {time}.',
  },
};

export function noteOf(show: Show, { moment, occasion, language: lang }: { moment: Moment; occasion: number; language: ReminderLanguage }, url: string): PushNote {
  // A turn is not replaced by a note of the show itself.
  const tag = moment === 'turn' ? `${show.id}:turn` : show.id;
  const at = moment === 'live' ? null : moment === 'turn' ? occasion : show.plannedAt;
  return { title: show.title, body: words[lang][moment](show), url, tag, lang, at };
}
