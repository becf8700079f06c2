// Owns the shapes of sellers, products and stock. A show is only an id here.
import * as v from 'valibot';
import { id } from './ids.ts';
import { currency, priceMinor } from './money.ts';
import { QUANTITY_LIMIT } from './order-limits.ts';
import { grade, productFacts, productFactsPatch, specs, specsTold } from './product-facts.ts';
import { line, text } from './text.ts';

/** What one price buys. Shown translated: `jin` is 斤 (500 g). */
export const units = ['kg', 'jin', 'g', 'box', 'bag', 'jar', 'bottle', 'piece', 'pack', 'bunch'] as const;
export type Unit = (typeof units)[number];

export const SHELF_LIMIT = 300;
export const PIN_LIMIT = 3;
export const PICTURE_LIMIT = 8;
export const VARIANT_LIMIT = 20;
/** Largest picture upload in bytes: a phone's 12-megapixel JPEG fits. */
export const PICTURE_MAX_BYTES = 12 * 1024 * 1024;
/** Widths in CSS pixels that the server keeps of each picture. */
export const pictureWidths = [160, 480, 1080] as const;

/** The seller's own number of a variant, by which tables and other shops know it; one of its kind among the seller's. */
const sku = line(0, 40);
/** Of one piece as it is sent; null: not known. */
const weightGrams = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)));
/** Pieces of a product that one buyer may have in one show; null: as many as there are. */
const limitPerBuyer = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(QUANTITY_LIMIT)));

export const stock = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));

/** Limits of a seller's replays: null leaves it to the server's settings, 0 days keeps none. */
const retentionDays = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650)));
const retentionGb = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)));

export const seller = v.object({ id, name: v.string(), currency, retentionDays: v.nullable(v.number()), retentionGb: v.nullable(v.number()) });
export type Seller = v.InferOutput<typeof seller>;
export const sellerRequest = v.strictObject({ name: line(1, 80), currency });
/** Only what is given changes. */
export const sellerPatch = v.strictObject({
  name: v.optional(line(1, 80)),
  retentionDays: v.optional(retentionDays),
  retentionGb: v.optional(retentionGb),
});
export type SellerPatch = v.InferOutput<typeof sellerPatch>;

export const variant = v.object({
  id,
  /** What sets it apart: "5 kg box", "grade A". May be empty when a product has one variant. */
  label: v.string(),
  unit: v.picklist(units),
  priceMinor,
  stock,
  sku: v.optional(v.string()),
  weightGrams: v.optional(v.number()),
  /** Of this one; missing: the product's. */
  grade: v.optional(v.string()),
  /** Of this one, in place of the product's; missing: the product's. */
  specs: v.optional(specsTold),
});
export type Variant = v.InferOutput<typeof variant>;

export const product = v.object({
  id,
  sellerId: id,
  name: v.string(),
  description: v.string(),
  currency,
  /** Picture ids, the first is the main one: `GET /api/v1/pictures/{id}/{width}`. */
  pictures: v.array(id),
  variants: v.array(variant),
  archived: v.boolean(),
  /** Missing where nothing is known. */
  facts: v.optional(productFacts),
  limitPerBuyer: v.optional(v.number()),
});
export type Product = v.InferOutput<typeof product>;

export const variantRequest = v.strictObject({
  /** Given: that variant is changed. Missing: a new one is made. */
  id: v.optional(id),
  label: v.optional(line(0, 40), ''),
  unit: v.picklist(units),
  priceMinor,
  stock,
  /** Missing: as it was. */
  sku: v.optional(sku),
  weightGrams: v.optional(weightGrams),
  grade: v.optional(grade),
  specs: v.optional(specs),
});

export const productRequest = v.strictObject({
  sellerId: v.optional(id),
  name: line(1, 80),
  description: v.optional(text(0, 2000), ''),
  pictures: v.optional(v.pipe(v.array(id), v.maxLength(PICTURE_LIMIT)), []),
  variants: v.pipe(v.array(variantRequest), v.minLength(1), v.maxLength(VARIANT_LIMIT)),
  facts: v.optional(productFactsPatch),
  limitPerBuyer: v.optional(limitPerBuyer),
});
export type ProductRequest = v.InferOutput<typeof productRequest>;

/** Only what is given changes; `variants` keeps those that are not named. */
export const productPatch = v.strictObject({
  name: v.optional(line(1, 80)),
  description: v.optional(text(0, 2000)),
  pictures: v.optional(v.pipe(v.array(id), v.maxLength(PICTURE_LIMIT))),
  archived: v.optional(v.boolean()),
  facts: v.optional(productFactsPatch),
  limitPerBuyer: v.optional(limitPerBuyer),
});

export const variantPatchFields = {
  label: v.optional(line(0, 40)),
  unit: v.optional(v.picklist(units)),
  priceMinor: v.optional(priceMinor),
  stock: v.optional(stock),
  sku: v.optional(sku),
  weightGrams: v.optional(weightGrams),
  /** Empty, as an empty list of specs: the product's. */
  grade: v.optional(grade),
  specs: v.optional(specs),
  /** Put away: no longer sold, and not among the product's variants; orders keep it. One stays at least. */
  archived: v.optional(v.boolean()),
};

/** Only what is given changes. `stockDelta` adds to what is there, so that two phones do not overwrite each other. */
export const variantPatch = v.pipe(
  v.strictObject({
    ...variantPatchFields,
    stockDelta: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-1_000_000), v.maxValue(1_000_000))),
  }),
  v.check((patch) => patch.stock === undefined || patch.stockDelta === undefined, 'stock or stockDelta, not both'),
);

export const picture = v.object({ id, width: v.number(), height: v.number() });
export type Picture = v.InferOutput<typeof picture>;
