// Owns every error code a caller may see, with its HTTP status. Codes are stable; the words for people live in each client's catalogue.

/** Code -> HTTP status. Lower-case, dotted, never renamed. */
export const errorStatus = {
  'input.invalid': 400,
  'input.not-json': 400,
  'input.too-large': 413,
  'input.media-type': 415,
  'auth.missing': 401,
  'auth.invalid': 401,
  'auth.revoked': 401,
  'auth.forbidden': 403,
  'auth.right-missing': 403,
  'auth.link-used': 410,
  'not-found': 404,
  'method.not-allowed': 405,
  'rate.limited': 429,
  'idempotency.key-missing': 400,
  'idempotency.key-reused': 422,
  'show.wrong-state': 409,
  'show.not-live': 409,
  'show.gated': 403,
  'gate.code-wrong': 403,
  'gate.code-used': 410,
  'show.open-orders': 409,
  'replay.not-found': 404,
  'shelf.full': 409,
  'shelf.not-on-shelf': 409,
  'stock.insufficient': 409,
  'order.price-changed': 409,
  'order.wrong-state': 409,
  'order.too-many-unpaid': 409,
  'order.limit-reached': 409,
  'promotion.not-yet': 409,
  'promotion.over': 409,
  'promotion.already-on': 409,
  'promotion.limit-reached': 409,
  'promotion.price-not-honest': 422,
  'waitlist.in-stock': 409,
  'waitlist.full': 409,
  'bid.too-low': 409,
  'coupon.unknown': 404,
  'coupon.not-usable': 409,
  'coupon.code-taken': 409,
  'draw.word-needed': 409,
  'draw.follow-needed': 409,
  'draw.not-won': 409,
  'delivery.not-here': 409,
  'delivery.below-minimum': 409,
  'import.changed': 409,
  'payment.not-offered': 409,
  'payment.wrong-state': 409,
  'payment.last-way': 409,
  'payment.in-progress': 409,
  'payment.refund-too-large': 409,
  'payment.refused': 409,
  'payment.unavailable': 503,
  'webhook.not-genuine': 400,
  'chat.closed': 403,
  'chat.restricted': 403,
  'chat.slow-mode': 429,
  'chat.refused': 422,
  'chat.wrong-state': 409,
  'ready-answers.full': 409,
  'poll.already-open': 409,
  'poll.closed': 409,
  'script.changed': 409,
  'training.full': 409,
  'scenario.invalid': 422,
  'picture.unreadable': 422,
  'table.unreadable': 422,
  'desk.undo-over': 409,
  'desk.webhook-address': 422,
  'rehearsal.changed': 409,
  'class.full': 409,
  'class.wrong-state': 409,
  'class.name-taken': 409,
  'attendance.closed': 410,
  'material.refused': 422,
  'whisper.busy': 409,
  'whisper.no-ear': 409,
  'coach.demo-taken': 409,
  'notes.full': 409,
  'media.unsupported': 422,
  'media.sdp-invalid': 400,
  'media.not-found': 404,
  'media.precondition-required': 428,
  'media.precondition-failed': 412,
  'media.busy': 409,
  'media.queued': 503,
  'media.use-hls': 503,
  'publish.taken': 409,
  'server.closing': 503,
  'storage.unavailable': 503,
  'media.unavailable': 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** One fault in an input: where (dotted path, may be empty) and what was expected. */
export interface Issue {
  path: string;
  message: string;
}

/** RFC 9457 problem document. `code` is the stable part; `params` are values a client may put into its own sentence. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  issues?: Issue[];
  params?: Record<string, string | number>;
}

/** Acknowledgement of every socket command. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Problem };

/** Builds the problem document of a code. `detail` is one English sentence for developers. */
export function problem(
  code: ErrorCode,
  detail: string,
  extra: { issues?: Issue[]; params?: Record<string, string | number> } = {},
): Problem {
  return {
    type: `urn:fieldcast:error:${code}`,
    title: code,
    status: errorStatus[code],
    code,
    detail,
    ...(extra.issues ? { issues: extra.issues } : {}),
    ...(extra.params ? { params: extra.params } : {}),
  };
}
