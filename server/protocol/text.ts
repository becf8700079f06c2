// Owns what free text a person may send: bounded, trimmed, without control signs. It is text everywhere, never markup.
import * as v from 'valibot';

// Control signs and the bidi overrides that can make one name look like another.
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** Text of `min` to `max` UTF-16 units after trimming. */
export function text(min: number, max: number) {
  return v.pipe(
    v.string(),
    v.maxLength(max),
    v.trim(),
    v.minLength(min),
    v.check((value) => !FORBIDDEN.test(value), 'has a control character'),
  );
}

/** One line of text: like {@link text}, and no line break. */
export function line(min: number, max: number) {
  return v.pipe(
    text(min, max),
    v.check((value) => !/[\r\n]/.test(value), 'has a line break'),
  );
}

/** Milliseconds since the Unix epoch, years 2001 to 2100. */
export const timestampMs = v.pipe(v.number(), v.integer(), v.minValue(978_307_200_000), v.maxValue(4_102_444_800_000));

/** Name of a time zone (IANA), `UTC` where none is said. That there is one of that name is seen where it is used. */
export const timeZone = v.optional(v.pipe(v.string(), v.maxLength(60), v.regex(/^[A-Za-z][\w+/-]*$/)), 'UTC');
