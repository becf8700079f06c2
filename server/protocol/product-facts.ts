// Owns what a buyer of farm goods wants to know beside name, price and picture: grade, origin, harvest, storage, trace, returns.
import * as v from 'valibot';
import { line, text } from './text.ts';

export const SPEC_LIMIT = 12;

/** A day without a time, as written on a crate. */
export const day = v.pipe(v.string(), v.isoDate(), v.check(isDay, 'no such day'));

const spec = v.strictObject({ name: line(1, 30), value: line(1, 80) });

/** `Grade A`, `一级`; of a product, or of one variant where they differ. */
export const grade = line(0, 40);
/** Size, sugar, variety and the like, in the order to show them. */
export const specs = v.pipe(v.array(spec), v.maxLength(SPEC_LIMIT));
/** As they are told. */
export const specsTold = v.array(v.object({ name: v.string(), value: v.string() }));
export type Specs = v.InferOutput<typeof specsTold>;

const fields = {
  grade,
  specs,
  origin: line(0, 80),
  /** Registered name of the geographical indication, where the goods carry one. */
  geographicalIndication: line(0, 80),
  harvestedOn: v.nullable(day),
  storage: text(0, 300),
  /** What is printed beside the trace QR, or the address behind it. */
  traceCode: line(0, 200),
  returnRule: text(0, 300),
};

/** Only what is given changes; an empty text, an empty list or null takes it away. */
export const productFactsPatch = v.strictObject(v.partial(v.object(fields)).entries);
export type ProductFactsPatch = v.InferOutput<typeof productFactsPatch>;

/** What is known; the rest is missing. */
export const productFacts = v.partial(v.object({ ...fields, specs: specsTold, harvestedOn: v.string() }));
export type ProductFacts = v.InferOutput<typeof productFacts>;

/** 30 February passes for a date until it is written again. */
function isDay(value: string): boolean {
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
