// Owns the making of wrong values from a schema of the contract: each field in turn becomes what it may not be.
import * as v from 'valibot';

type Schema = v.GenericSchema;
/** What valibot's schemas carry beside their type. */
interface Shape {
  type: string;
  entries?: Record<string, Schema>;
  item?: Schema;
  wrapped?: Schema;
  options?: readonly unknown[];
  value?: Schema;
  literal?: unknown;
}

export interface Mutation {
  /** Which field became what. */
  what: string;
  value: unknown;
}

/** Fields deeper than this are of the same kinds as those above. */
const DEPTH_LIMIT = 7;
const OPTIONAL = new Set(['optional', 'nullable', 'nullish', 'exact_optional', 'undefinedable']);

const STRINGS = [
  'abc', 'aaaaaaaaaaaaaaaaaaaaaaaa', '13800001234', '1800000000000', '1', 'true', 'video/H264', 'L1T1', 'acct_aaaaaaaaaaaa',
  Array.from({ length: 20 }, () => 'AA').join(':'),
  // What a browser's push subscription holds: an address, a point of P-256, 16 bytes.
  'https://push.example.org/abc', 'BL_rSFJjWmx3ZAjVYna4ZT8oayz2ZbOFANxhMWMRbP8Ye9s-G-4ltRyTBoS5qi79IQUMDGmbyyfbEcsoVhqUkZA', 'AAAAAAAAAAAAAAAAAAAAAA',
];
const NUMBERS = [1, 0, 48_000, 96, 111, 1_800_000_000_000];

/** A value that the schema takes, or undefined when none of the candidates fits. */
export function example(schema: Schema): unknown {
  return candidates(schema).find((value) => v.safeParse(schema, value).success);
}

function candidates(schema: Schema): unknown[] {
  const shape = schema as unknown as Shape;
  if (OPTIONAL.has(shape.type)) return [example(shape.wrapped as Schema), undefined];
  if (shape.entries) {
    const entries = Object.entries(shape.entries);
    const full = Object.fromEntries(entries.map(([key, field]) => [key, example(field)]));
    const least = Object.fromEntries(entries.filter(([, field]) => !OPTIONAL.has((field as unknown as Shape).type)).map(([key, field]) => [key, example(field)]));
    return [full, least];
  }
  if (shape.item) {
    const item = example(shape.item);
    return [[item], [], [item, item]];
  }
  // Which events there are is chosen by what comes: one that has a time and nothing else.
  if (shape.type === 'lazy') return [[0, 0]];
  if (shape.type === 'literal') return [shape.literal];
  if (shape.type === 'union' || shape.type === 'variant') return (shape.options as Schema[]).map(example);
  if (shape.type === 'picklist') return [...(shape.options as unknown[])];
  if (shape.type === 'record') return [{}];
  if (shape.type === 'boolean') return [true];
  if (shape.type === 'number') return NUMBERS;
  if (shape.type === 'string') return STRINGS;
  return [null, undefined, {}];
}

export const nest = (depth: number): unknown => JSON.parse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth));

type Wrong = readonly (readonly [string, unknown])[];
const WRONG_NUMBERS: Wrong = [
  ['-1', -1],
  ['0.5', 0.5],
  ['1e308', 1e308],
];
const WRONG_TEXTS: Wrong = [
  ['an empty string', ''],
  ['a NUL sign', 'ab\u0000cd'],
  ['a bidi override', 'ab\u202ecd'],
  ['50,000 letters', 'x'.repeat(50_000)],
];
const WRONG_SHAPES: Wrong = [
  ['true', true],
  ['an empty array', []],
  ['an array of itself', [[[[]]]]],
  ['an object', { surprise: true }],
  ['an object with __proto__', JSON.parse('{"__proto__":{"isAdmin":true}}')],
  ['200 levels', nest(200)],
];
/** Wrong for nearly any value; where one happens to be right, `mutations` leaves it out. */
const WRONG: Wrong = [['null', null], ...WRONG_NUMBERS, ...WRONG_TEXTS, ...WRONG_SHAPES];

/** The next `count` of a list, which begins anew at its end: what is refused everywhere by the same lines is tried somewhere, not everywhere. */
export function takingTurns<Item>(list: readonly Item[]): (count: number) => Item[] {
  let next = 0;
  return (count) => Array.from({ length: count }, () => list[next++ % list.length] as Item);
}

const aNumber = takingTurns(WRONG_NUMBERS);
const aText = takingTurns(WRONG_TEXTS);
const aShape = takingTurns(WRONG_SHAPES);

/** All of a field's own kind, and some of every other: those are refused by their type, whichever they are. */
function wrongFor(field: Schema): Wrong {
  const { type, wrapped } = field as unknown as Shape;
  if (wrapped && OPTIONAL.has(type)) return wrongFor(wrapped);
  const numbers = type === 'number' ? WRONG_NUMBERS : aNumber(1);
  const texts = type === 'string' ? WRONG_TEXTS : aText(1);
  return [['null', null], ...numbers, ...texts, ...aShape(2)];
}

/** Values that the schema refuses, each wrong in one place. */
export function* mutations(schema: Schema): Generator<Mutation> {
  // What is sent is JSON, which has no NaN and no undefined, so the check is on what arrives.
  for (const made of everyMutation(schema)) if (!v.safeParse(schema, asJson(made.value)).success) yield made;
}

function* everyMutation(schema: Schema): Generator<Mutation> {
  for (const [what, value] of WRONG) yield { what, value };
  yield* inside(schema, example(schema), '', 0);
}

function* inside(schema: Schema, base: unknown, path: string, depth: number): Generator<Mutation> {
  const shape = schema as unknown as Shape;
  if (depth > DEPTH_LIMIT) return;
  if (OPTIONAL.has(shape.type)) return yield* inside(shape.wrapped as Schema, base ?? example(shape.wrapped as Schema), path, depth);
  if (shape.type === 'union') {
    for (const option of shape.options as Schema[]) yield* inside(option, example(option), path, depth);
    return;
  }
  if (shape.entries) {
    const whole = (base ?? {}) as Record<string, unknown>;
    yield { what: `${path}.surprise added`, value: { ...whole, surprise: 1 } };
    for (const [key, field] of Object.entries(shape.entries)) {
      const at = `${path}.${key}`;
      const { [key]: left, ...rest } = whole;
      yield { what: `${at} missing`, value: rest };
      for (const [what, value] of wrongFor(field)) yield { what: `${at} is ${what}`, value: { ...whole, [key]: value } };
      for (const { what, value } of inside(field, left, at, depth + 1)) yield { what, value: { ...whole, [key]: value } };
    }
    return;
  }
  if (shape.item) {
    const item = example(shape.item);
    yield { what: `${path} has 5,000 items`, value: Array.from({ length: 5_000 }, () => item) };
    for (const [what, value] of wrongFor(shape.item)) yield { what: `${path}[0] is ${what}`, value: [value] };
    for (const { what, value } of inside(shape.item, item, `${path}[0]`, depth + 1)) yield { what, value: [value] };
  }
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}
