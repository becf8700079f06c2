// Owns the shapes of a show's chat: messages, what a viewer may send, and how the staff rule the room.
import * as v from 'valibot';
import { role } from './access.ts';
import { BLOCKED_WORD_LIMIT, CHAT_NAME_LIMIT, MESSAGE_LIMIT } from './chat-limits.ts';
import { id } from './ids.ts';
import { line, timestampMs } from './text.ts';

export { BLOCKED_WORD_LIMIT, CHAT_NAME_LIMIT, CHAT_PAGE_LIMIT, MESSAGE_LIMIT } from './chat-limits.ts';

export const chatMessage = v.object({
  id,
  /** Where it stands among the others; never changes. */
  position: v.number(),
  /** Counts changes of a show's chat: grows with every message, and again when a message is taken away or put back. */
  revision: v.number(),
  /** Server clock, ms since epoch: the replay shows it at this moment. */
  at: v.number(),
  /** Who wrote it, as this show knows them: the same sign for the same person, nothing else can be learned from it. */
  author: v.object({ key: v.string(), name: v.string(), role }),
  text: v.string(),
  /** What it answers, as it was then. */
  replyTo: v.nullable(v.object({ id, name: v.string(), text: v.string() })),
  /** `held` waits for the staff; only they and its author see it. `removed` messages come without text. */
  state: v.picklist(['shown', 'held', 'removed']),
  isPinned: v.boolean(),
  /** Only one viewer and the staff who may chat ever get it. */
  isPrivate: v.boolean(),
  /** It was a question, and it has been answered. */
  isAnswered: v.boolean(),
  /** Written by nobody: an audience that is played in a rehearsal. */
  isSynthetic: v.optional(v.boolean()),
});
export type ChatMessage = v.InferOutput<typeof chatMessage>;

/** As it travels to a room, without what is usual: `briefly` and `inFull` of chat-news.ts. */
export const chatNews = v.partial(chatMessage, ['revision', 'replyTo', 'state', 'isPinned', 'isPrivate', 'isAnswered']);
export type ChatNews = v.InferOutput<typeof chatNews>;

export const chatMessageRequest = v.strictObject({
  text: line(1, MESSAGE_LIMIT),
  /** How the author wants to be called here; staff are called what their link says. */
  name: v.optional(line(0, CHAT_NAME_LIMIT), ''),
  replyTo: v.optional(id),
  /** Staff: only the author of `replyTo` gets it. An answer to a private message is private anyway. */
  isPrivate: v.optional(v.boolean(), false),
  /** Server clock of the picture that the author sees: with a late picture, what was pinned then is what a question is about. */
  pictureAt: v.optional(timestampMs),
});

export const chatPage = v.object({
  /** By `position`, oldest first; an answer to `after` by `revision`. */
  messages: v.array(chatMessage),
  /** The newest revision there is; the next question is `after` this one. */
  revision: v.number(),
  /** `author.key` of whoever asks. */
  you: v.string(),
});
export type ChatPage = v.InferOutput<typeof chatPage>;

export const chatWriters = ['everyone', 'followers', 'buyers', 'staff'] as const;

export const chatRules = v.object({
  /** Seconds between two messages of one viewer; 0 is no slow mode. */
  slowSeconds: v.number(),
  /** Who may write: everyone, those who follow the seller, those who have ordered in this show, or the staff alone. */
  writers: v.picklist(chatWriters),
  /** Messages of viewers wait until the staff let them through. */
  isHeld: v.boolean(),
  /** Links and telephone numbers of viewers are refused. */
  blocksContacts: v.boolean(),
  /** Found in full width, with spaces and signs between, with look-alike letters and, from three syllables on, as pinyin initials. */
  blockedWords: v.array(v.string()),
  /** Viewers are told who came, by masked names; at first only in shows that everybody may enter. */
  tellsJoins: v.boolean(),
  /** Viewers are told of orders: a masked name, what and how many. */
  tellsOrders: v.boolean(),
});
export type ChatRules = v.InferOutput<typeof chatRules>;

export const chatRulesPatch = v.strictObject({
  slowSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(300))),
  writers: v.optional(v.picklist(chatWriters)),
  isHeld: v.optional(v.boolean()),
  blocksContacts: v.optional(v.boolean()),
  blockedWords: v.optional(v.pipe(v.array(line(1, 40)), v.maxLength(BLOCKED_WORD_LIMIT))),
  tellsJoins: v.optional(v.boolean()),
  tellsOrders: v.optional(v.boolean()),
});

/** What the staff do with a message. `pin` puts one message on top; another pin takes its place. */
export const chatMessagePatch = v.strictObject({ action: v.picklist(['remove', 'restore', 'approve', 'pin', 'unpin']) });

/** 1 minute to 30 days. */
export const restrictionMinutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(43_200));

export const restrictionKinds = ['mute', 'shadow', 'ban'] as const;

/** Keeps the author of a message from writing. `ban` also holds for their device and address range, so a new tab does not help. */
export const restrictionRequest = v.strictObject({
  messageId: id,
  kind: v.picklist(restrictionKinds),
  minutes: restrictionMinutes,
});

export const restriction = v.object({
  id,
  kind: v.picklist(restrictionKinds),
  author: v.object({ key: v.string(), name: v.string() }),
  createdAt: v.number(),
  endsAt: v.number(),
  byName: v.string(),
});
export type Restriction = v.InferOutput<typeof restriction>;

export const moderationEntry = v.object({
  at: v.number(),
  byName: v.string(),
  byRole: role,
  action: v.picklist(['remove', 'restore', 'approve', 'pin', 'unpin', 'mute', 'shadow', 'ban', 'lift', 'rules', 'erase']),
  /** Name of the author it was done to; empty for the rules. */
  authorName: v.string(),
  text: v.string(),
});
export type ModerationEntry = v.InferOutput<typeof moderationEntry>;
