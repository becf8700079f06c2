// Owns who may be who: roles, what a token claims, one-time links and device sessions.
import * as v from 'valibot';
import { id } from './ids.ts';
import { line } from './text.ts';

/** A caller without any token is a viewer. A coach trains sellers: no staff of any show, and in none without its host's consent, rehearsals apart. */
export const roles = ['viewer', 'host', 'helper', 'operator', 'coach'] as const;
export type Role = (typeof roles)[number];
export const role = v.picklist(roles);

/**
 * What a helper may be given, one by one: order and pins of the shelf; products, prices and stock; the chat, its questions and its rules;
 * orders (always with masked phone numbers); captions. Hosts and operators have all of them.
 */
export const rights = ['shelf', 'stock', 'chat', 'orders', 'captions'] as const;
export type Right = (typeof rights)[number];
export const right = v.picklist(rights);
const someRights = v.pipe(v.array(right), v.maxLength(rights.length), v.transform((given) => rights.filter((each) => given.includes(each))));

/** What a helper has when nobody chose. */
export const USUAL_RIGHTS: readonly Right[] = ['shelf', 'stock', 'chat', 'orders'];

/** What a short signed token says of its bearer. `showId` narrows a host or helper to one show, a coach to its host; `classId` a coach to a class. */
export const claims = v.object({
  role,
  /** Stable id of the person or device: one identity is one viewer through reconnects. */
  identity: id,
  showId: v.optional(id),
  classId: v.optional(id),
  name: v.optional(line(0, 80)),
  /** Of a helper; one without any may only watch. */
  rights: v.optional(v.array(right)),
  /** The link that its session came from: revoked with it. */
  linkId: v.optional(id),
});
export type Claims = v.InferOutput<typeof claims>;

/**
 * `POST /api/v1/sessions`: a one-time code, or the operator's secret. With `identity` the code is exchanged only when it is that
 * person's; somebody else's answers `auth.forbidden` and stays unused.
 */
export const sessionRequest = v.union([
  v.strictObject({ code: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/)), identity: v.optional(id) }),
  v.strictObject({ operatorSecret: v.pipe(v.string(), v.minLength(8), v.maxLength(256)) }),
]);

/**
 * Where a page of the server's own origin remembers (`localStorage`) that this device has a session: its cookie is not for scripts,
 * and without the mark every first visit would make a call that must fail.
 */
export const SIGNED_IN_MARK = 'fieldcast:signed-in';

/** Who this device is now, with a short token for API, sockets and media. */
export const session = v.object({
  role,
  identity: id,
  name: v.string(),
  showId: v.nullable(id),
  /** Of a coach who came by the link of a class. */
  classId: v.nullable(id),
  /** All of them for hosts and operators, none for coaches. */
  rights: v.array(right),
  /** Bearer token, valid until `tokenExpiresAt` (ms since epoch). Renew with `POST /api/v1/sessions/token`. */
  token: v.string(),
  tokenExpiresAt: v.number(),
  sessionExpiresAt: v.number(),
});
export type Session = v.InferOutput<typeof session>;

export const linkRequest = v.strictObject({
  /** A coach in a show of this host: in a rehearsal at once, in a real show when its host gave the link or consents. */
  role: v.picklist(['host', 'helper', 'coach']),
  name: v.optional(line(0, 80), ''),
  /** For a helper. */
  rights: v.optional(someRights, [...USUAL_RIGHTS]),
});

/** Other rights hold at once; only what is given changes. */
export const linkPatch = v.strictObject({
  name: v.optional(line(1, 80)),
  rights: v.optional(someRights),
});

/** A one-time link: `url` carries its code in the fragment, which no server log sees. */
export const link = v.object({
  id,
  role,
  name: v.string(),
  showId: id,
  rights: v.array(right),
  url: v.string(),
  /** The same link as an SVG picture of a QR code. */
  qrSvg: v.string(),
  expiresAt: v.number(),
});
export type Link = v.InferOutput<typeof link>;

/** A link without its secret, for the operator's list. */
export const linkSummary = v.object({
  id,
  role,
  name: v.string(),
  showId: id,
  rights: v.array(right),
  createdAt: v.number(),
  expiresAt: v.number(),
  usedAt: v.nullable(v.number()),
  /** When somebody who came by it was last here; `isOnline` while they are. */
  seenAt: v.nullable(v.number()),
  isOnline: v.boolean(),
  revokedAt: v.nullable(v.number()),
});
export type LinkSummary = v.InferOutput<typeof linkSummary>;
