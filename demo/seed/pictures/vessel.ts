// Owns bowls and sacks: what loose goods lie in.
import { type Canvas, ellipse, group, path, type Point } from './canvas.ts';
import { shadow } from './stage.ts';

interface Bowl extends Point {
  rx: number;
  depth: number;
  glaze: readonly [light: string, shade: string];
}

/** A glazed bowl whose rim is centred at `at`; `fill` draws what heaps up in it. */
export function bowl(c: Canvas, at: Bowl, fill: () => void): void {
  const ry = at.rx * 0.26;
  const foot = at.y + at.depth;
  const [light, shade] = at.glaze;
  const body = `M${at.x - at.rx} ${at.y}C${at.x - at.rx * 0.97} ${at.y + at.depth * 0.6} ${at.x - at.rx * 0.56} ${foot} ${at.x - at.rx * 0.38} ${foot}H${at.x + at.rx * 0.38}C${at.x + at.rx * 0.56} ${foot} ${at.x + at.rx * 0.97} ${at.y + at.depth * 0.6} ${at.x + at.rx} ${at.y}Z`;
  const clip = c.clip(body);
  c.add(
    shadow(c, { x: at.x, y: foot + 4, rx: at.rx * 0.62, ry: 44 }),
    ellipse({ x: at.x, y: at.y, rx: at.rx, ry }, `fill="${c.linear([[0, shade], [1, light]])}"`),
    ellipse({ x: at.x, y: at.y + 4, rx: at.rx * 0.955, ry: ry * 0.9 }, `fill="${c.linear([[0, '#3a2a1c'], [0.6, shade], [1, light]])}"`),
  );
  fill();
  // The front rim and the body hide the lower half of the heap.
  const front = `M${at.x - at.rx} ${at.y}A${at.rx} ${ry} 0 0 0 ${at.x + at.rx} ${at.y}C${at.x + at.rx * 0.97} ${at.y + at.depth * 0.6} ${at.x + at.rx * 0.56} ${foot} ${at.x + at.rx * 0.38} ${foot}H${at.x - at.rx * 0.38}C${at.x - at.rx * 0.56} ${foot} ${at.x - at.rx * 0.97} ${at.y + at.depth * 0.6} ${at.x - at.rx} ${at.y}Z`;
  c.add(
    path(front, `fill="${c.radial([[0, '#ffffff'], [0.3, light], [0.75, shade], [1, '#5d5148']], { cx: 0.3, cy: 0.2, r: 0.95 })}"`),
    group(
      [
        `<path d="M${at.x - at.rx} ${at.y + at.depth * 0.34}Q${at.x} ${at.y + at.depth * 0.34 + ry * 1.5} ${at.x + at.rx} ${at.y + at.depth * 0.34}" fill="none" stroke="#41617d" stroke-width="7" opacity=".55"/>`,
        `<path d="M${at.x - at.rx} ${at.y + at.depth * 0.44}Q${at.x} ${at.y + at.depth * 0.44 + ry * 1.5} ${at.x + at.rx} ${at.y + at.depth * 0.44}" fill="none" stroke="#41617d" stroke-width="2.6" opacity=".5"/>`,
        ellipse({ x: at.x + at.rx * 0.3, y: foot, rx: at.rx * 0.7, ry: at.depth * 0.28 }, `fill="#ffcf96" opacity=".25" filter="${c.blur(16)}"`),
        ellipse({ x: at.x - at.rx * 0.52, y: at.y + at.depth * 0.44, rx: at.rx * 0.07, ry: at.depth * 0.24 }, `fill="#fff" opacity=".8" transform="rotate(18 ${at.x - at.rx * 0.52} ${at.y + at.depth * 0.44})" filter="${c.blur(9)}"`),
      ],
      `clip-path="${clip}"`,
    ),
    `<path d="M${at.x - at.rx} ${at.y}A${at.rx} ${ry} 0 0 0 ${at.x + at.rx} ${at.y}" fill="none" stroke="#fff" stroke-width="7" opacity=".85"/>`,
    `<path d="M${at.x - at.rx + 4} ${at.y + 9}A${at.rx} ${ry} 0 0 0 ${at.x + at.rx - 4} ${at.y + 9}" fill="none" stroke="${shade}" stroke-width="5" opacity=".6"/>`,
  );
}

interface Sack extends Point {
  width: number;
  height: number;
  cloth: readonly [light: string, shade: string];
}

/** An open sack with a rolled rim; `at` is the centre of its mouth. */
export function sack(c: Canvas, at: Sack, fill: () => void): void {
  const half = at.width / 2;
  const bottom = at.y + at.height;
  const [light, shade] = at.cloth;
  const weave = c.relief({ frequency: '.11 .13', height: 2.4, octaves: 2 });
  const ry = half * 0.26;
  const body = `M${at.x - half} ${at.y}C${at.x - half * 1.14} ${at.y + at.height * 0.4} ${at.x - half * 1.18} ${at.y + at.height * 0.8} ${at.x - half * 0.98} ${bottom - 14}C${at.x - half * 0.5} ${bottom + 12} ${at.x + half * 0.5} ${bottom + 12} ${at.x + half * 0.98} ${bottom - 14}C${at.x + half * 1.18} ${at.y + at.height * 0.8} ${at.x + half * 1.14} ${at.y + at.height * 0.4} ${at.x + half} ${at.y}Z`;
  c.add(
    shadow(c, { x: at.x, y: bottom - 4, rx: half * 1.02, ry: 62 }),
    path(body, `fill="${c.linear([[0, shade], [0.22, light], [0.6, light], [1, shade]], { x1: 0, y1: 0, x2: 1, y2: 0.12 })}" filter="${weave}"`),
  );
  const folds: string[] = [];
  for (let i = 0; i < 11; i++) {
    const x = at.x + c.random(-0.92, 0.92) * half;
    const lean = ((x - at.x) / half) * 34;
    folds.push(`<path d="M${x.toFixed(0)} ${(at.y + ry).toFixed(0)}Q${(x + lean).toFixed(0)} ${(at.y + at.height * 0.5).toFixed(0)} ${(x + lean * c.random(0.2, 1.2)).toFixed(0)} ${(at.y + at.height * c.random(0.55, 0.95)).toFixed(0)}" stroke-width="${c.random(5, 15).toFixed(0)}"/>`);
  }
  c.add(
    group(folds, `fill="none" stroke="#4f3413" stroke-linecap="round" opacity=".28" filter="${c.blur(9, 10)}" clip-path="${c.clip(body)}"`),
    path(body, `fill="${c.linear([[0, '#fff3d6', 0.2], [0.5, '#fff3d6', 0], [1, '#2c1706', 0.5]], { x1: 0, y1: 0, x2: 1, y2: 0.3 })}"`),
    ellipse({ x: at.x, y: at.y, rx: half * 1.06, ry: ry * 1.16 }, `fill="${c.linear([[0, light], [1, shade]])}" filter="${weave}"`),
    ellipse({ x: at.x, y: at.y + 3, rx: half * 0.92, ry: ry * 0.88 }, 'fill="#4a3114"'),
  );
  fill();
  // Front of the rolled rim, over the goods.
  const rim = `M${at.x - half * 1.07} ${at.y - 4}A${half * 1.07} ${ry * 1.18} 0 0 0 ${at.x + half * 1.07} ${at.y - 4}C${at.x + half * 1.13} ${at.y + 30} ${at.x + half * 1.08} ${at.y + 46} ${at.x + half * 1.02} ${at.y + 52}A${half * 1.04} ${ry * 1.2} 0 0 1 ${at.x - half * 1.02} ${at.y + 52}C${at.x - half * 1.08} ${at.y + 46} ${at.x - half * 1.13} ${at.y + 30} ${at.x - half * 1.07} ${at.y - 4}Z`;
  c.add(
    path(rim, `fill="#2c1706" opacity=".5" transform="translate(4 18)" filter="${c.blur(10, 30)}"`),
    path(rim, `fill="${c.linear([[0, light], [0.45, light], [1, shade]])}" filter="${weave}"`),
    path(rim, `fill="${c.linear([[0, '#fff6dd', 0.35], [0.5, '#fff6dd', 0], [1, '#2c1706', 0.4]], { x1: 0, y1: 0, x2: 1, y2: 0.25 })}"`),
  );
}
