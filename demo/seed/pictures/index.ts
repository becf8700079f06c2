// Owns how the demo's drawings become PNG files, and their names.
import sharp from 'sharp';
import { appleCrate, fujiApples, greenApples } from './apple.ts';
import type { Canvas } from './canvas.ts';
import { eggs } from './eggs.ts';
import { hawthorns, persimmons, snowPears } from './fruit.ts';
import { millet, rice } from './grain.ts';
import { appleJuice, honey } from './jar.ts';
import { redDates, walnuts } from './nuts.ts';
import { orchardMorning, riceEvening } from './posters.ts';
import { sweetPotatoes } from './roots.ts';

const drawings = {
  appleCrate,
  appleJuice,
  eggs,
  fujiApples,
  greenApples,
  hawthorns,
  honey,
  millet,
  orchardMorning,
  persimmons,
  redDates,
  rice,
  riceEvening,
  snowPears,
  sweetPotatoes,
  walnuts,
} as const satisfies Record<string, () => Canvas>;

export type DrawingName = keyof typeof drawings;

/** Draws a picture and answers it as PNG, `widthPx` wide. */
export async function renderPicture(name: DrawingName, widthPx: number): Promise<Buffer> {
  const canvas = drawings[name]();
  // Product tiles are small: cut the margins. A poster keeps its frame.
  const inset = canvas.width === canvas.height ? 0.06 : 0;
  return sharp(Buffer.from(canvas.toSvg(widthPx, inset))).png({ compressionLevel: 6 }).toBuffer();
}
