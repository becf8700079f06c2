// Owns one apple, seen from a little above, and the pictures made of apples.
import { Canvas, ellipse, group, outline, path, type Point, type Stop, turned } from './canvas.ts';
import { crate } from './crate.ts';
import { finish, leaf, moods, setStage, shadow } from './stage.ts';

export interface AppleKind {
  /** From the lit side to the shaded rim. */
  skin: readonly Stop[];
  streaks: readonly string[];
  streakOpacity: number;
  /** The hollow round the stem. */
  hollow: string;
  blush?: string;
}

export const fuji: AppleKind = {
  skin: [[0, '#ffb27a'], [0.2, '#f0603c'], [0.5, '#cf2a26'], [0.8, '#8f1420'], [1, '#6b0f1c']],
  streaks: ['#ffc984', '#ffb46a', '#8e0f1c', '#f9853f', '#ffdc9a', '#b01b22'],
  streakOpacity: 0.42,
  hollow: '#c9963a',
};
export const green: AppleKind = {
  skin: [[0, '#f4f8b4'], [0.25, '#d6e272'], [0.55, '#a9c344'], [0.82, '#6f9227'], [1, '#4e701c']],
  streaks: ['#eef5a8', '#8dab33', '#f7facb', '#7d9c2a'],
  streakOpacity: 0.25,
  hollow: '#6c8426',
  blush: '#e88a4a',
};

const angles = (angle: number): Point => {
  // Shoulders wide, waist narrower at the base, a dip where the stem sits.
  const dip = 0.15 * Math.exp(-((angle < Math.PI ? angle : 2 * Math.PI - angle) ** 2) / 0.16);
  const base = 0.07 * Math.exp(-((angle - Math.PI) ** 2) / 0.1);
  const r = 1 - dip - base;
  const narrow = 1 - 0.13 * Math.max(0, -Math.cos(angle));
  return { x: Math.sin(angle) * r * 1.06 * narrow, y: -Math.cos(angle) * r * 0.94 };
};

/** An apple of radius `r` around `at`, without its shadow. */
export function apple(c: Canvas, kind: AppleKind, at: Point, r: number, tilt = 0, withLeaf = false): string {
  const shape = outline(at, (angle) => ({ x: angles(angle).x * r, y: angles(angle).y * r }), 40);
  const clip = c.clip(shape);
  const top = { x: at.x, y: at.y - r * 0.64 };
  const parts = [path(shape, `fill="${c.radial(kind.skin, { cx: 0.42, cy: 0.38, r: 0.72, fx: 0.32, fy: 0.26 })}"`)];

  if (kind.blush) {
    parts.push(ellipse({ x: at.x + r * 0.34, y: at.y - r * 0.02, rx: r * 0.62, ry: r * 0.66 }, `fill="${c.radial([[0, kind.blush, 0.62], [1, kind.blush, 0]])}"`));
  }
  const streaks: string[] = [];
  for (let i = 0; i < 110; i++) {
    const side = c.random(-1, 1);
    const start = c.random(-0.62, 0.1);
    const end = Math.min(0.95, start + c.random(0.2, 0.95));
    const bulge = (y: number): number => Math.sqrt(Math.max(0, 1 - y * y)) * side * 1.06;
    const mid = (start + end) / 2;
    streaks.push(
      `<path d="M${(at.x + bulge(start) * r * 0.92).toFixed(1)} ${(at.y + start * r).toFixed(1)}Q${(at.x + bulge(mid) * r * 1.06).toFixed(1)} ${(at.y + mid * r).toFixed(1)} ${(at.x + bulge(end) * r * 0.9).toFixed(1)} ${(at.y + end * r).toFixed(1)}" stroke="${c.pick(kind.streaks)}" stroke-width="${c.random(r * 0.008, r * 0.034).toFixed(1)}" opacity="${c.random(0.25, 1).toFixed(2)}"/>`,
    );
  }
  const freckles: string[] = [];
  for (let i = 0; i < 80; i++) {
    const angle = c.random(0, Math.PI * 2);
    const away = Math.sqrt(c.random()) * r;
    freckles.push(`<circle cx="${(at.x + Math.cos(angle) * away).toFixed(1)}" cy="${(at.y + Math.sin(angle) * away).toFixed(1)}" r="${c.random(r * 0.005, r * 0.013).toFixed(1)}"/>`);
  }
  parts.push(
    group(
      [
        group(streaks, `fill="none" stroke-linecap="round" opacity="${kind.streakOpacity}" filter="${c.blur(Math.max(0.8, r * 0.008))}"`),
        group(freckles, 'fill="#ffeec4" opacity=".5"'),
        // The hollow: warm and lit at its far wall, dark at the near one.
        ellipse({ x: top.x, y: top.y - r * 0.02, rx: r * 0.4, ry: r * 0.17 }, `fill="${c.radial([[0, '#2c1207', 0.9], [0.35, kind.hollow, 0.75], [1, kind.hollow, 0]], { cy: 0.42 })}"`),
        // Shade on the far side, light thrown back by the table below.
        ellipse({ x: at.x - r * 0.26, y: at.y - r * 0.2, rx: r * 1.36, ry: r * 1.34 }, `fill="${c.radial([[0, '#2a0406', 0], [0.7, '#2a0406', 0], [0.88, '#2a0406', 0.36], [1, '#2a0406', 0.6]])}"`),
        ellipse({ x: at.x + r * 0.2, y: at.y + r * 0.9, rx: r * 0.7, ry: r * 0.24 }, `fill="#ffb877" opacity=".34" filter="${c.blur(r * 0.09)}"`),
        path(shape, `fill="none" stroke="#ffe0b8" stroke-width="${(r * 0.05).toFixed(1)}" opacity=".3" filter="${c.blur(r * 0.03, 6)}"`),
      ],
      `clip-path="${clip}"`,
    ),
    turned(
      [
        ellipse({ x: at.x - r * 0.44, y: at.y - r * 0.3, rx: r * 0.26, ry: r * 0.17 }, `fill="#fff" opacity=".62" filter="${c.blur(r * 0.07)}"`),
        ellipse({ x: at.x - r * 0.47, y: at.y - r * 0.34, rx: r * 0.1, ry: r * 0.06 }, `fill="#fff" opacity=".85" filter="${c.blur(r * 0.02)}"`),
      ],
      { x: at.x - r * 0.44, y: at.y - r * 0.3 },
      -38,
    ),
    path(
      `M${top.x - r * 0.035} ${top.y + r * 0.02}C${top.x - r * 0.01} ${top.y - r * 0.2} ${top.x + r * 0.05} ${top.y - r * 0.32} ${top.x + r * 0.14} ${top.y - r * 0.44}L${top.x + r * 0.21} ${top.y - r * 0.4}C${top.x + r * 0.11} ${top.y - r * 0.28} ${top.x + r * 0.06} ${top.y - r * 0.16} ${top.x + r * 0.045} ${top.y + r * 0.02}Z`,
      `fill="${c.linear([[0, '#8a5c30'], [0.5, '#5a3517'], [1, '#2e180a']])}"`,
    ),
  );
  if (withLeaf) {
    parts.push(leaf(c, { x: top.x + r * 0.05, y: top.y - r * 0.2 }, { x: top.x + r * 0.78, y: top.y - r * 0.5 }, r * 0.46));
  }
  return turned(parts, at, tilt);
}

/** Half an apple, cut side to us. */
export function halfApple(c: Canvas, kind: AppleKind, at: Point, r: number, tilt = 0): string {
  const scaled = (k: number): string => outline(at, (angle) => ({ x: angles(angle).x * r * k, y: angles(angle).y * r * k }), 40);
  const seed = (dx: number, turn: number): string =>
    turned(
      [
        ellipse({ x: at.x + dx, y: at.y + r * 0.08, rx: r * 0.1, ry: r * 0.19 }, 'fill="#e2c983"'),
        ellipse({ x: at.x + dx, y: at.y + r * 0.1, rx: r * 0.055, ry: r * 0.125 }, `fill="${c.linear([[0, '#8a5226'], [1, '#3c1d0a']])}"`),
      ],
      { x: at.x + dx, y: at.y },
      turn,
    );
  return turned(
    [
      path(scaled(1), `fill="${c.linear([[0, kind.skin[1]![1]], [1, kind.skin[3]![1]]])}"`),
      path(scaled(0.95), `fill="${c.radial([[0, '#fffdf0'], [0.6, '#fdf4cf'], [0.93, '#f3dd99'], [1, '#dcb866']], { cx: 0.45, cy: 0.42, r: 0.6 })}"`),
      path(outline({ x: at.x, y: at.y + r * 0.06 }, (angle) => ({ x: Math.sin(angle) * r * 0.36, y: -Math.cos(angle) * r * 0.44 * (1 + 0.16 * Math.cos(angle)) }), 24), 'fill="#f6e6ae" stroke="#d9be74" stroke-width="2.4" opacity=".8"'),
      seed(-r * 0.12, 9),
      seed(r * 0.12, -9),
      path(`M${at.x} ${at.y - r * 0.76}L${at.x} ${at.y - r * 0.36}`, `stroke="#a98446" stroke-width="${r * 0.045}" opacity=".7"`),
      path(`M${at.x - 4} ${at.y - r * 0.78}C${at.x} ${at.y - r * 0.95} ${at.x + 6} ${at.y - r} ${at.x + r * 0.16} ${at.y - r * 1.12}`, `fill="none" stroke="#5f3b1b" stroke-width="${r * 0.06}" stroke-linecap="round"`),
    ],
    at,
    tilt,
  );
}

export function fujiApples(): Canvas {
  const c = new Canvas(1000, 1000, 11);
  setStage(c, moods.cream);
  c.add(
    shadow(c, { x: 700, y: 735, rx: 185 }),
    apple(c, fuji, { x: 690, y: 560 }, 190, 9),
    shadow(c, { x: 330, y: 790, rx: 220 }),
    apple(c, fuji, { x: 330, y: 585 }, 228, -7, true),
    shadow(c, { x: 612, y: 890, rx: 150, ry: 36 }),
    halfApple(c, fuji, { x: 610, y: 752 }, 148, 13),
  );
  finish(c);
  return c;
}

export function greenApples(): Canvas {
  const c = new Canvas(1000, 1000, 29);
  setStage(c, moods.mist);
  c.add(
    shadow(c, { x: 320, y: 730, rx: 180 }),
    apple(c, green, { x: 318, y: 560 }, 186, -12),
    shadow(c, { x: 610, y: 790, rx: 220 }),
    apple(c, green, { x: 604, y: 588 }, 226, 6, true),
    shadow(c, { x: 330, y: 880, rx: 130, ry: 34 }),
    halfApple(c, green, { x: 322, y: 778 }, 124, -16),
  );
  finish(c);
  return c;
}

export function appleCrate(): Canvas {
  const c = new Canvas(1000, 1000, 5);
  setStage(c, moods.sage);
  crate(c, { x: 500, y: 640, width: 760, height: 250 }, () => {
    for (const [x, y] of [[262, 470], [420, 446], [580, 446], [738, 470]] as const) c.add(apple(c, fuji, { x, y }, 98, c.random(-16, 16)));
    for (const [x, y] of [[228, 560], [364, 545], [502, 538], [640, 547], [774, 562]] as const) {
      c.add(ellipse({ x: x + 10, y: y + 62, rx: 104, ry: 60 }, `fill="#26070a" opacity=".5" filter="${c.blur(14)}"`), apple(c, fuji, { x, y }, 102, c.random(-20, 20), x === 502));
    }
  });
  finish(c);
  return c;
}
