// Owns loose grain: rice in its sack, millet in its bowl.
import { Canvas, group, path, type Point } from './canvas.ts';
import { finish, leaf, moods, setStage, shadow } from './stage.ts';
import { bowl, sack } from './vessel.ts';

interface Heap extends Point {
  rx: number;
  height: number;
  /** Half width of the elliptic foot. */
  ry: number;
  tones: readonly string[];
  /** Half length and half width of one grain. */
  kernel: readonly [number, number];
  count: number;
}

/** A heap of kernels, far ones first, brighter where the light falls. */
export function heap(c: Canvas, at: Heap): string {
  const [long, thin] = at.kernel;
  const rise = (u: number): number => at.height * Math.max(0, 1 - u * u) ** 0.85;
  const shape = `M${at.x - at.rx} ${at.y}C${at.x - at.rx * 0.6} ${at.y - at.height * 0.95} ${at.x - at.rx * 0.25} ${at.y - at.height * 1.08} ${at.x} ${at.y - at.height * 1.08}C${at.x + at.rx * 0.25} ${at.y - at.height * 1.08} ${at.x + at.rx * 0.6} ${at.y - at.height * 0.95} ${at.x + at.rx} ${at.y}A${at.rx} ${at.ry} 0 0 1 ${at.x - at.rx} ${at.y}Z`;
  const kernels: { y: number; drawn: string }[] = [];
  for (let i = 0; i < at.count; i++) {
    const angle = c.random(0, Math.PI * 2);
    const away = Math.sqrt(c.random());
    const x = at.x + Math.cos(angle) * away * at.rx * 0.98;
    const depth = Math.sin(angle) * away;
    const y = at.y + depth * at.ry * 0.95 - rise(away);
    const turn = c.random(0, 180).toFixed(0);
    kernels.push({
      y: depth,
      drawn:
        `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn})"><ellipse cy="${(thin * 0.5).toFixed(1)}" rx="${long}" ry="${thin}" fill="#4a3413" opacity=".3"/>` +
        `<ellipse rx="${long}" ry="${thin}" fill="${c.pick(at.tones)}"/><ellipse cx="${(-long * 0.25).toFixed(1)}" cy="${(-thin * 0.3).toFixed(1)}" rx="${(long * 0.45).toFixed(1)}" ry="${(thin * 0.35).toFixed(1)}" fill="#fff" opacity=".55"/></g>`,
    });
  }
  kernels.sort((one, other) => one.y - other.y);
  return group([
    path(shape, `fill="${at.tones[0]}"`),
    group(kernels.map((kernel) => kernel.drawn)),
    path(shape, `fill="${c.radial([[0, '#fffbe6', 0.4], [0.4, '#fffbe6', 0], [0.7, '#4a2d0a', 0.08], [1, '#4a2d0a', 0.42]], { cx: 0.36, cy: 0.24, r: 0.85 })}"`),
  ]);
}

/** An ear of ripe rice or millet along a bending stalk. */
function ear(c: Canvas, from: Point, to: Point, sag: number, tones: readonly string[]): string {
  const at = (t: number): Point => ({
    x: from.x + (to.x - from.x) * t,
    y: from.y + (to.y - from.y) * t - Math.sin(t * Math.PI * 0.75) * sag,
  });
  const stalk: string[] = [];
  for (let t = 0; t <= 1.001; t += 0.1) stalk.push(`${at(t).x.toFixed(1)} ${at(t).y.toFixed(1)}`);
  const husks: string[] = [];
  for (let t = 0.4; t < 1; t += 0.022) {
    for (const side of [-1, 1]) {
      const here = at(t);
      const next = at(t + 0.02);
      const turn = (Math.atan2(next.y - here.y, next.x - here.x) * 180) / Math.PI + side * c.random(18, 40);
      husks.push(
        `<g transform="translate(${here.x.toFixed(1)} ${here.y.toFixed(1)}) rotate(${turn.toFixed(0)})"><ellipse cx="15" rx="17" ry="6.4" fill="${c.pick(tones)}"/><ellipse cx="13" cy="-2" rx="10" ry="1.8" fill="#fff6cf" opacity=".7"/><path d="M31 0L52 ${(side * 3).toFixed(0)}" stroke="#c79a3f" stroke-width="1.3"/></g>`,
      );
    }
  }
  return group([`<path d="M${stalk.join('L')}" fill="none" stroke="#a4883a" stroke-width="5.5" stroke-linecap="round"/>`, ...husks]);
}

const riceTones = ['#f7f0dc', '#fffaee', '#efe4c6', '#fffdf6', '#e8dab6', '#f6ead0'];
const husk = ['#e2b64e', '#d19c35', '#efca6c', '#c58e2c'];

/** The sack alone, standing at y 840 of a 1000 x 1000 drawing. */
export function riceSack(c: Canvas): void {
  sack(c, { x: 420, y: 440, width: 430, height: 400, cloth: ['#e6d2a4', '#a98650'] }, () => {
    c.add(heap(c, { x: 420, y: 446, rx: 205, ry: 48, height: 96, tones: riceTones, kernel: [11, 4.1], count: 900 }));
  });
  c.add(
    // A paper label tied to the sack: an ear of rice in ink, no words.
    `<rect x="330" y="604" width="180" height="136" rx="8" fill="#2c1706" opacity=".4" filter="${c.blur(7)}"/>`,
    `<rect x="326" y="598" width="180" height="136" rx="8" fill="${c.linear([[0, '#fbf3df'], [1, '#e8d8b2']])}"/>`,
    `<rect x="337" y="609" width="158" height="114" rx="4" fill="none" stroke="#2f5a3a" stroke-width="3"/>`,
    `<path d="M372 708C402 690 442 668 462 626" fill="none" stroke="#2f5a3a" stroke-width="4"/>`,
    ...[0, 1, 2, 3, 4].map((i) => `<g fill="#2f5a3a"><ellipse cx="${404 + i * 13}" cy="${680 - i * 11}" rx="13" ry="5" transform="rotate(-82 ${404 + i * 13} ${680 - i * 11})"/><ellipse cx="${412 + i * 13}" cy="${690 - i * 12}" rx="13" ry="5" transform="rotate(4 ${412 + i * 13} ${690 - i * 12})"/></g>`),
  );
}

export function rice(): Canvas {
  const c = new Canvas(1000, 1000, 101);
  setStage(c, moods.straw);
  riceSack(c);
  c.add(
    shadow(c, { x: 750, y: 858, rx: 165, ry: 40 }),
    heap(c, { x: 745, y: 846, rx: 190, ry: 44, height: 84, tones: riceTones, kernel: [10.5, 4], count: 800 }),
    group([ear(c, { x: 965, y: 700 }, { x: 520, y: 905 }, 60, husk), ear(c, { x: 985, y: 640 }, { x: 610, y: 930 }, -20, husk)]),
  );
  finish(c);
  return c;
}

const milletTones = ['#f3c63f', '#ffd95e', '#e0ac25', '#ffe27d', '#cf9a1d'];

export function millet(): Canvas {
  const c = new Canvas(1000, 1000, 131);
  setStage(c, moods.blush);
  bowl(c, { x: 460, y: 590, rx: 285, depth: 220, glaze: ['#e9dfd0', '#8d6a4b'] }, () => {
    c.add(heap(c, { x: 460, y: 598, rx: 264, ry: 66, height: 138, tones: milletTones, kernel: [6.4, 6], count: 2300 }));
  });
  c.add(
    shadow(c, { x: 760, y: 872, rx: 120, ry: 34 }),
    heap(c, { x: 752, y: 864, rx: 128, ry: 32, height: 56, tones: milletTones, kernel: [6.2, 5.8], count: 520 }),
    leaf(c, { x: 120, y: 905 }, { x: 470, y: 872 }, 46, ['#cdbf6a', '#7d7a34']),
    ear(c, { x: 90, y: 850 }, { x: 450, y: 925 }, 24, ['#e0a52a', '#c98718', '#f0c04e']),
  );
  finish(c);
  return c;
}
