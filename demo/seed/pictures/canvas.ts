// Owns one drawing: its gradients, filters and clips, its own random numbers, and how it becomes an SVG document.

export interface Point {
  x: number;
  y: number;
}

/** A colour stop: offset 0-1, colour, opacity 0-1. */
export type Stop = readonly [offset: number, colour: string, opacity?: number];

const n = (value: number): string => value.toFixed(1);

export class Canvas {
  readonly width: number;
  readonly height: number;
  #defs: string[] = [];
  #body: string[] = [];
  #ids = 0;
  #state: number;
  #blurs = new Map<string, string>();

  constructor(width: number, height: number, seed: number) {
    this.width = width;
    this.height = height;
    this.#state = seed >>> 0;
  }

  /** Next number of this drawing's own sequence: the same picture every time. */
  random(min = 0, max = 1): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return min + (((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * (max - min);
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random(0, from.length))]!;
  }

  add(...parts: string[]): void {
    this.#body.push(...parts);
  }

  /** Draws with its own moves and scale: `at` is where the drawing's origin goes. */
  within(at: Point & { scale: number }, draw: () => void): void {
    const outside = this.#body;
    this.#body = [];
    draw();
    outside.push(`<g transform="translate(${n(at.x)} ${n(at.y)}) scale(${at.scale})">${this.#body.join('')}</g>`);
    this.#body = outside;
  }

  /** Puts a definition into `<defs>` and answers `url(#…)`. */
  define(make: (id: string) => string): string {
    const id = `d${++this.#ids}`;
    this.#defs.push(make(id));
    return `url(#${id})`;
  }

  /** Radial gradient in the shape's own box; `fx`, `fy` move the light. */
  radial(stops: readonly Stop[], at: { cx?: number; cy?: number; r?: number; fx?: number; fy?: number } = {}): string {
    const { cx = 0.5, cy = 0.5, r = 0.5, fx = cx, fy = cy } = at;
    return this.define(
      (id) => `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}" fx="${fx}" fy="${fy}">${drawStops(stops)}</radialGradient>`,
    );
  }

  /** Linear gradient in the shape's own box, from top to bottom unless told. */
  linear(stops: readonly Stop[], at: { x1?: number; y1?: number; x2?: number; y2?: number } = {}): string {
    const { x1 = 0, y1 = 0, x2 = 0, y2 = 1 } = at;
    return this.define(
      (id) => `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${drawStops(stops)}</linearGradient>`,
    );
  }

  /** `margin` is the room around the shape in percent of its box: small for large shapes, since blurring costs by area. */
  blur(deviation: number, margin = deviation > 8 ? 70 : deviation < 3 ? 15 : 40): string {
    const name = `${deviation.toFixed(2)} ${margin}`;
    const known = this.#blurs.get(name);
    if (known) return known;
    const made = this.define(
      (id) =>
        `<filter id="${id}" x="-${margin}%" y="-${margin}%" width="${100 + 2 * margin}%" height="${100 + 2 * margin}%" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${deviation.toFixed(2)}"/></filter>`,
    );
    this.#blurs.set(name, made);
    return made;
  }

  clip(path: string): string {
    return this.define((id) => `<clipPath id="${id}"><path d="${path}"/></clipPath>`);
  }

  /** Grain that follows the shape: noise stretched along one axis, in one colour. */
  grain(at: { across: number; along: number; colour: readonly [number, number, number]; strength: number; cut: number; octaves?: number }): string {
    const [red, green, blue] = at.colour;
    const seed = Math.floor(this.random(1, 900));
    return this.define(
      (id) =>
        `<filter id="${id}" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="${at.along} ${at.across}" numOctaves="${at.octaves ?? 4}" seed="${seed}"/>` +
        `<feColorMatrix values="0 0 0 0 ${red}  0 0 0 0 ${green}  0 0 0 0 ${blue}  ${at.strength} 0 0 0 ${-at.cut}"/><feComposite in2="SourceGraphic" operator="in"/></filter>`,
    );
  }

  /** Lights the shape as if its surface were uneven: wrinkled dates, walnut shells, baked skin, burlap. */
  relief(at: { frequency: string; height: number; octaves?: number; type?: 'turbulence' | 'fractalNoise' }): string {
    const seed = Math.floor(this.random(1, 900));
    return this.define(
      (id) =>
        `<filter id="${id}" x="0" y="0" width="1" height="1"><feTurbulence type="${at.type ?? 'fractalNoise'}" baseFrequency="${at.frequency}" numOctaves="${at.octaves ?? 3}" seed="${seed}"/>` +
        `<feDiffuseLighting surfaceScale="${at.height}" diffuseConstant="1.05" lighting-color="#fff"><feDistantLight azimuth="235" elevation="58"/></feDiffuseLighting>` +
        `<feComposite in2="SourceGraphic" operator="in" result="lit"/><feBlend in="SourceGraphic" in2="lit" mode="multiply"/></filter>`,
    );
  }

  /** The document, `widthPx` wide; `inset` cuts that share off every side, so that the goods fill a small tile. */
  toSvg(widthPx: number, inset = 0): string {
    const [width, height] = [this.width * (1 - inset * 2), this.height * (1 - inset * 2)];
    // Goods stand in the lower part, so more of the wall goes than of the table.
    const box = `${this.width * inset} ${this.height * inset * 1.8} ${width} ${height}`;
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${Math.round((widthPx * height) / width)}" viewBox="${box}">` +
      `<defs>${this.#defs.join('')}</defs>${this.#body.join('')}</svg>`
    );
  }
}

function drawStops(stops: readonly Stop[]): string {
  return stops
    .map(([offset, colour, opacity = 1]) => `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`)
    .join('');
}

/** A smooth path through points (Catmull-Rom as Bézier curves). */
export function smooth(points: readonly Point[], closed = true): string {
  const count = points.length;
  const at = (index: number): Point =>
    closed ? points[(index + count) % count]! : points[Math.max(0, Math.min(count - 1, index))]!;
  let path = `M${n(at(0).x)} ${n(at(0).y)}`;
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    path +=
      `C${n(from.x + (to.x - before.x) / 6)} ${n(from.y + (to.y - before.y) / 6)} ` +
      `${n(to.x - (after.x - from.x) / 6)} ${n(to.y - (after.y - from.y) / 6)} ${n(to.x)} ${n(to.y)}`;
  }
  return closed ? `${path}Z` : path;
}

/** A closed outline around a centre: radius by angle, 0 is up, clockwise. */
export function outline(centre: Point, radius: (angle: number) => Point, steps = 28): string {
  const points: Point[] = [];
  for (let i = 0; i < steps; i++) {
    const r = radius((i / steps) * Math.PI * 2);
    points.push({ x: centre.x + r.x, y: centre.y + r.y });
  }
  return smooth(points);
}

export function ellipse(at: Point & { rx: number; ry: number }, paint: string): string {
  return `<ellipse cx="${n(at.x)}" cy="${n(at.y)}" rx="${n(at.rx)}" ry="${n(at.ry)}" ${paint}/>`;
}

export function path(d: string, paint: string): string {
  return `<path d="${d}" ${paint}/>`;
}

export function group(parts: readonly string[], paint = ''): string {
  return `<g ${paint}>${parts.join('')}</g>`;
}

/** Turns and scales parts about a point. */
export function turned(parts: readonly string[], at: Point, degrees: number, scale = 1): string {
  return `<g transform="translate(${n(at.x)} ${n(at.y)}) rotate(${n(degrees)}) scale(${scale}) translate(${n(-at.x)} ${n(-at.y)})">${parts.join('')}</g>`;
}
