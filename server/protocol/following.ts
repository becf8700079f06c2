// Owns the shapes by which somebody is told of shows: a browser's push subscription, who follows whom.
import * as v from 'valibot';
import { id } from './ids.ts';
import { show } from './show.ts';

/** Languages that reminders are written in. */
export const reminderLanguages = ['zh-CN', 'en'] as const;
export type ReminderLanguage = (typeof reminderLanguages)[number];

/** What a browser's `PushSubscription.toJSON()` answers (Push API), without its `expirationTime`. */
export const pushSubscription = v.strictObject({
  /** Of the browser's push service: https, a public host name. */
  endpoint: v.pipe(v.string(), v.maxLength(1_000), v.regex(/^https?:\/\/[!-~]+$/, 'an https address')),
  keys: v.strictObject({
    /** Public key on the curve P-256, uncompressed, base64url. */
    p256dh: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{87}=?$/, 'a P-256 public key')),
    auth: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}(==)?$/, '16 bytes')),
  }),
});
export type PushSubscriptionKeys = v.InferOutput<typeof pushSubscription>;

export const pushRequest = v.strictObject({ subscription: pushSubscription, language: v.picklist(reminderLanguages) });

/** What a page has to know to ask its browser, and what is so already. */
export const reminder = v.object({
  /** The server's own key (RFC 8292), base64url: `applicationServerKey`. */
  publicKey: v.string(),
  /** This viewer has asked to be told when the show starts. */
  isReminded: v.boolean(),
});
export type Reminder = v.InferOutput<typeof reminder>;

/** `viewerToken` comes to a device that had none: it is the viewer from now on. */
export const keptViewer = v.object({ viewerToken: v.nullable(v.string()) });

export const following = v.object({
  sellerId: id,
  sellerName: v.string(),
  followers: v.number(),
  isFollowing: v.boolean(),
});
export type Following = v.InferOutput<typeof following>;

export const followed = v.object({
  ...following.entries,
  ...keptViewer.entries,
});

/** Sellers that this viewer follows, the newest first, each with the show that is on or comes next. */
export const followedSellers = v.object({
  sellers: v.array(v.object({ id, name: v.string(), next: v.nullable(show) })),
  /** The server's clock, ms since epoch. */
  serverTime: v.number(),
});
export type FollowedSellers = v.InferOutput<typeof followedSellers>;
