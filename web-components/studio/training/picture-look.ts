// Owns how a picture is judged: is there light, does what is shown stand in the middle, is it sharp. Pure, over the pixels of one small frame.
import type { Framing, Light } from '../../../server/protocol/scoring-limits.ts';

/** As canvas gives it: RGBA. */
export interface Pixels {
  width: number;
  height: number;
  data: ArrayLike<number>;
}

export interface Look {
  light: Light;
  framing: Framing;
}

/** Of 255. A room with one lamp is at about 60, a yard in the shade at 100. */
const DARK_MEAN = 48;
const GLARE = 240;
const GLARE_SHARE = 0.35;
/** The window behind somebody is so much brighter than their face. */
const BACKLIGHT_GAP = 55;
const BACKLIT_CENTRE = 95;
/** Of the strongest twentieth of edges: less is no edge but noise, or a lens too near. */
const EMPTY_EDGE = 4;
const SHARP_EDGE = 26;
/** Of all edges those in the middle three fifths; spread evenly it would be 0.36. */
const MIDDLE = 0.6;
const MIDDLE_SHARE = 0.2;

export function lookAt({ width, height, data }: Pixels): Look {
  const luma = new Float32Array(width * height);
  for (let at = 0; at < luma.length; at += 1) luma[at] = 0.299 * (data[at * 4] ?? 0) + 0.587 * (data[at * 4 + 1] ?? 0) + 0.114 * (data[at * 4 + 2] ?? 0);
  const isMiddle = (x: number, y: number): boolean => Math.abs(x / width - 0.5) < MIDDLE / 2 && Math.abs(y / height - 0.5) < MIDDLE / 2;
  return { light: lightOf(luma, width, height, isMiddle), framing: framingOf(luma, width, height, isMiddle) };
}

type IsMiddle = (x: number, y: number) => boolean;

function lightOf(luma: Float32Array, width: number, height: number, isMiddle: IsMiddle): Light {
  let sum = 0;
  let glare = 0;
  let middle = 0;
  let middleCount = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = luma[y * width + x] as number;
      sum += value;
      if (value >= GLARE) glare += 1;
      if (!isMiddle(x, y)) continue;
      middle += value;
      middleCount += 1;
    }
  }
  const centre = middle / Math.max(1, middleCount);
  const around = (sum - middle) / Math.max(1, luma.length - middleCount);
  if (centre < BACKLIT_CENTRE && around - centre > BACKLIGHT_GAP) return 'backlit';
  if (sum / luma.length < DARK_MEAN) return 'dark';
  return glare / luma.length > GLARE_SHARE ? 'bright' : 'good';
}

function framingOf(luma: Float32Array, width: number, height: number, isMiddle: IsMiddle): Framing {
  const edges: number[] = [];
  let all = 0;
  let middle = 0;
  for (let y = 0; y < height - 1; y += 1) {
    for (let x = 0; x < width - 1; x += 1) {
      const at = y * width + x;
      const here = luma[at] as number;
      const edge = Math.abs((luma[at + 1] as number) - here) + Math.abs((luma[at + width] as number) - here);
      edges.push(edge);
      all += edge;
      if (isMiddle(x, y)) middle += edge;
    }
  }
  const strong = edges.sort((a, b) => a - b)[Math.floor(edges.length * 0.95)] ?? 0;
  if (strong < EMPTY_EDGE) return 'empty';
  if (strong < SHARP_EDGE) return 'blurred';
  return middle / all < MIDDLE_SHARE ? 'off-centre' : 'good';
}
