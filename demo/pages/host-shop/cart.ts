// Owns the grocer's cart as a shop would have one: lines by variant, kept on the device, with the shop's own rule of how much one may take.

const KEY = 'hill-pass-cart';
/** The grocer's rule, to show that a shop decides for itself. */
export const MOST_OF_ONE = 5;

export interface Line {
  variantId: string;
  quantity: number;
}

let lines: Line[] = remembered();
const listeners = new Set<() => void>();

function remembered(): Line[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]') as Line[];
    return Array.isArray(kept) ? kept.filter((line) => typeof line?.variantId === 'string' && Number.isInteger(line.quantity) && line.quantity > 0) : [];
  } catch {
    return [];
  }
}

export function cartLines(): readonly Line[] {
  return lines;
}

export function countOf(variantId: string): number {
  return lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
}

/** Sets a line; 0 takes it out. */
export function setLine(variantId: string, quantity: number): void {
  const others = lines.filter((line) => line.variantId !== variantId);
  const at = lines.findIndex((line) => line.variantId === variantId);
  lines = quantity === 0 ? others : at < 0 ? [...others, { variantId, quantity }] : lines.map((line, index) => (index === at ? { variantId, quantity } : line));
  keep();
}

export function emptyCart(): void {
  lines = [];
  keep();
}

export function onCartChange(listener: () => void): void {
  listeners.add(listener);
}

function keep(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(lines));
  } catch {
    // The cart then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}
