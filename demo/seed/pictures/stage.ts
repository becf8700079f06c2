// Owns what every picture of the shop has in common: the lit wall, the wooden table, the shadows on it, and the finish.
import { type Canvas, ellipse, group, path, type Point } from './canvas.ts';

export interface Mood {
  /** Wall in the light and in the shade. */
  wall: readonly [light: string, shade: string];
  /** Table top in the light and in the shade. */
  table: readonly [light: string, shade: string];
}

export const moods = {
  cream: { wall: ['#f8ecd6', '#d9bd94'], table: ['#d8a873', '#8f5b31'] },
  sage: { wall: ['#e3ead2', '#a5b48c'], table: ['#d2a673', '#875832'] },
  mist: { wall: ['#dfe9ea', '#9db2b6'], table: ['#cfa679', '#80573a'] },
  blush: { wall: ['#f9e2d3', '#d5a78f'], table: ['#d3a176', '#875535'] },
  straw: { wall: ['#f8e9be', '#d8b567'], table: ['#c99b66', '#7c522d'] },
} as const satisfies Record<string, Mood>;

const TABLE_TOP = 0.62;

/** Wall and table. Light falls from the upper left in every picture. */
export function setStage(c: Canvas, mood: Mood): void {
  const { width: w, height: h } = c;
  const edge = h * TABLE_TOP;
  c.add(
    `<rect width="${w}" height="${h}" fill="${c.radial([[0, mood.wall[0]], [0.4, mood.wall[0]], [0.6, mix(mood.wall, 0.2)], [0.8, mix(mood.wall, 0.6)], [1, mood.wall[1]]], { cx: 0.3, cy: 0.18, r: 1.1 })}"/>`,
    dapple(c, edge),
  );
  c.add(
    `<rect y="${edge}" width="${w}" height="${h - edge}" fill="${c.linear([[0, mood.table[1]], [0.05, mood.table[0]], [0.5, mood.table[0]], [1, mood.table[1]]])}"/>`,
    `<rect y="${edge}" width="${w}" height="${h - edge}" fill="#000" filter="${c.grain({ across: 0.08, along: 0.0035, colour: [0.26, 0.13, 0.05], strength: 1.6, cut: 0.64, octaves: 3 })}"/>`,
  );
  for (const [at, dark] of [[0.3, 0.5], [0.68, 0.42]] as const) {
    const y = edge + (h - edge) * at;
    c.add(
      `<rect y="${y}" width="${w}" height="3.2" fill="#4a2a12" opacity="${dark}"/>`,
      `<rect y="${y + 3.2}" width="${w}" height="2" fill="#ffe6c4" opacity=".35"/>`,
    );
  }
  c.add(
    `<rect y="${edge - 26}" width="${w}" height="52" fill="${c.linear([[0, '#4a2c14', 0], [0.5, '#4a2c14', 0.3], [1, '#4a2c14', 0]])}"/>`,
    ellipse({ x: w * 0.36, y: edge + (h - edge) * 0.5, rx: w * 0.5, ry: (h - edge) * 0.42 }, `fill="${c.radial([[0, '#fff3d8', 0.5], [1, '#fff3d8', 0]])}"`),
  );
}

function mix([light, shade]: readonly [string, string], share: number): string {
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  return `#${[1, 3, 5].map((at) => Math.round(channel(light, at) * (1 - share) + channel(shade, at) * share).toString(16).padStart(2, '0')).join('')}`;
}

/** Leaf shadow on the wall: sunlight through the orchard's window. Soft by gradient, which is far cheaper than a blur this wide. */
function dapple(c: Canvas, edge: number): string {
  const soft = c.radial([[0, '#5c4a2c', 0.17], [0.45, '#5c4a2c', 0.11], [1, '#5c4a2c', 0]]);
  const leaves: string[] = [];
  for (let i = 0; i < 26; i++) {
    const x = c.random(c.width * 0.42, c.width * 1.05);
    const y = c.random(-40, edge * 0.75) - (x / c.width) * 60;
    const size = c.random(44, 88);
    leaves.push(
      `<ellipse cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" rx="${size.toFixed(0)}" ry="${(size * 0.44).toFixed(0)}" transform="rotate(${c.random(10, 80).toFixed(0)} ${x.toFixed(0)} ${y.toFixed(0)})"/>`,
    );
  }
  return group(leaves, `fill="${soft}"`);
}

/** Shadow of a thing that stands on the table at `y`: dark where it touches, long and soft to the right. */
export function shadow(c: Canvas, at: Point & { rx: number; ry?: number }): string {
  const ry = at.ry ?? at.rx * 0.24;
  return group([
    ellipse({ x: at.x + at.rx * 0.55, y: at.y - ry * 0.1, rx: at.rx * 1.25, ry: ry * 0.95 }, `fill="#3a1d0a" opacity=".36" filter="${c.blur(20)}"`),
    ellipse({ x: at.x + at.rx * 0.1, y: at.y, rx: at.rx * 0.86, ry: ry * 0.62 }, `fill="#2b1306" opacity=".62" filter="${c.blur(9)}"`),
  ]);
}

/** A leaf from `from` to `to`, `width` wide, lit from the left. */
export function leaf(c: Canvas, from: Point, to: Point, width: number, tone: readonly [light: string, dark: string] = ['#8fb552', '#2f5a26']): string {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy);
  const side = { x: (-dy / length) * width, y: (dx / length) * width };
  const mid = (t: number, s: number): string => `${(from.x + dx * t + side.x * s).toFixed(1)} ${(from.y + dy * t + side.y * s).toFixed(1)}`;
  const half = (s: number): string => `M${mid(0, 0)}C${mid(0.2, 0.55 * s)} ${mid(0.62, 0.72 * s)} ${mid(1, 0)}C${mid(0.7, 0.16 * s)} ${mid(0.3, 0.14 * s)} ${mid(0, 0)}Z`;
  const veins: string[] = [];
  for (const t of [0.22, 0.38, 0.54, 0.7]) {
    for (const s of [1, -1]) veins.push(`M${mid(t, 0.06 * s)}Q${mid(t + 0.12, 0.2 * s)} ${mid(t + 0.17, 0.36 * s * (1.15 - t * 0.5))}`);
  }
  return group([
    path(`M${mid(0, 0)}C${mid(0.2, -0.55)} ${mid(0.62, -0.72)} ${mid(1, 0)}C${mid(0.62, 0.72)} ${mid(0.2, 0.55)} ${mid(0, 0)}Z`, `fill="${tone[1]}"`),
    path(half(-1), `fill="${c.linear([[0, tone[0]], [1, tone[1]]], { x1: 0, y1: 0, x2: 1, y2: 0.6 })}"`),
    path(half(1), `fill="${c.linear([[0, tone[1]], [1, tone[0]]], { x1: 0, y1: 0, x2: 1, y2: 1 })}"`),
    path(`M${mid(0, 0)}C${mid(0.3, 0.14)} ${mid(0.7, 0.16)} ${mid(1, 0)}C${mid(0.7, -0.02)} ${mid(0.3, -0.02)} ${mid(0, 0)}Z`, `fill="${tone[1]}" opacity=".55"`),
    path(veins.join(''), `fill="none" stroke="#e6f2bd" stroke-width="${Math.max(1, width * 0.02).toFixed(1)}" opacity=".4"`),
    path(`M${mid(0, 0)}C${mid(0.3, 0.05)} ${mid(0.7, 0.06)} ${mid(1, 0)}`, `fill="none" stroke="#e9f3c4" stroke-width="${Math.max(1.4, width * 0.035).toFixed(1)}" opacity=".65"`),
  ]);
}

/** The last layer: darker corners. */
export function finish(c: Canvas): void {
  c.add(
    `<rect width="${c.width}" height="${c.height}" fill="${c.radial([[0, '#2a1508', 0], [0.5, '#2a1508', 0], [0.75, '#2a1508', 0.1], [1, '#2a1508', 0.36]], { cx: 0.46, cy: 0.46, r: 0.78 })}"/>`,
  );
}
