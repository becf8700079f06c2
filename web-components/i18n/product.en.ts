// Owns the English words of a product's facts and of delivery: loaded with the first product that is opened.

export const productEn = {
  facts: 'About this product',
  seller: 'Sold by',
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
  pieces: 'Pieces',
  less: 'Fewer',
  plus: 'More',
  wait: {
    join: 'Wait for it',
    place: (place: string) => `You are number ${place} in line`,
    told: 'When it is there, we keep it for you for 15 minutes and tell you here.',
    leave: 'Leave the line',
    lapsed: 'Your turn is over; it went to the next in line.',
    closed: 'The host closed the list.',
  },
  lot: {
    name: (name: string) => `From the lot: ${name}`,
    harvested: (day: string) => `harvested on ${day}`,
    left: (left: string, quota: string) => `${left} of ${quota} left`,
    numbered: 'Each piece has its own number.',
  },
  moreAreas: (count: number) => `${count} more areas`,
};

/** The shape of the catalogue of a product's facts. */
export type ProductMessages = typeof productEn;
