// Owns the English words of a product's facts and of delivery: loaded with the first product that is opened.

export const productEn = {
  facts: 'About this product',
  grade: 'Grade',
  origin: 'Origin',
  geographicalIndication: 'Geographical indication',
  harvestedOn: 'Harvested',
  weight: 'Weight',
  storage: 'Storage',
  traceCode: 'Trace code',
  openTrace: 'See where it comes from',
  returnRule: 'Returns',
  limit: (count: number) => `At most ${count} for one buyer`,
  delivery: 'Delivery',
  everywhereFree: 'Delivery is free everywhere.',
  deliveryFailed: 'The delivery fees could not be loaded. You will see them before you order.',
  free: 'free',
  notServed: 'not delivered',
  fee: (amount: string) => amount,
  byWeight: (first: string, firstKg: string, step: string, stepKg: string) => `${first} up to ${firstKg}, then ${step} for each ${stepKg}`,
  byPiece: (first: string, pieces: number, step: string) => `${first} for up to ${pieces}, then ${step} each`,
  freeFrom: (amount: string) => `free from ${amount}`,
  minimum: (amount: string) => `orders from ${amount}`,
  kilograms: (amount: string) => `${amount} kg`,
  grams: (amount: string) => `${amount} g`,
  moreAreas: (count: number) => `${count} more areas`,
};

/** The shape of the catalogue of a product's facts. */
export type ProductMessages = typeof productEn;
