// Owns round fruit other than apples: snow pears, persimmons, hawthorn.
import { Canvas, ellipse, group, outline, path, type Point, type Stop, turned } from './canvas.ts';
import { finish, leaf, moods, setStage, shadow } from './stage.ts';
import { bowl } from './vessel.ts';

/** Shade, bounced light and two highlights: what makes an outline look round. */
function round(c: Canvas, shape: string, at: Point, r: number, gloss: number): string[] {
  return [
    ellipse({ x: at.x - r * 0.26, y: at.y - r * 0.22, rx: r * 1.42, ry: r * 1.42 }, `fill="${c.radial([[0, '#2a0c02', 0], [0.62, '#2a0c02', 0], [0.84, '#2a0c02', 0.26], [1, '#2a0c02', 0.58]])}" clip-path="${c.clip(shape)}"`),
    ellipse({ x: at.x + r * 0.16, y: at.y + r * 0.74, rx: r * 0.56, ry: r * 0.16 }, `fill="#ffdca0" opacity=".3" filter="${c.blur(r * 0.09)}"`),
    turned(
      [
        ellipse({ x: at.x - r * 0.42, y: at.y - r * 0.36, rx: r * 0.25, ry: r * 0.15 }, `fill="#fff" opacity="${gloss * 0.75}" filter="${c.blur(r * 0.07)}"`),
        ellipse({ x: at.x - r * 0.45, y: at.y - r * 0.39, rx: r * 0.1, ry: r * 0.05 }, `fill="#fff" opacity="${gloss}" filter="${c.blur(Math.max(0.7, r * 0.02))}"`),
      ],
      { x: at.x - r * 0.42, y: at.y - r * 0.36 },
      -36,
    ),
  ];
}

const pearSkin: readonly Stop[] = [[0, '#fff6c4'], [0.25, '#f6e08a'], [0.6, '#dfbb4e'], [0.85, '#b78a2c'], [1, '#8f671d']];

function pear(c: Canvas, at: Point, r: number, tilt: number, withLeaf = false): string {
  const shape = outline(
    at,
    (angle) => {
      const up = Math.cos(angle);
      const neck = up > 0 ? 1 - 0.4 * up ** 1.5 : 1 - 0.05 * up * up;
      return { x: Math.sin(angle) * r * neck, y: -up * r * (up > 0 ? 1.32 : 0.96) };
    },
    36,
  );
  const specks: string[] = [];
  for (let i = 0; i < 190; i++) {
    const angle = c.random(0, Math.PI * 2);
    const away = Math.sqrt(c.random()) * r * 1.3;
    specks.push(`<circle cx="${(at.x + Math.cos(angle) * away).toFixed(1)}" cy="${(at.y + Math.sin(angle) * away).toFixed(1)}" r="${c.random(r * 0.005, r * 0.014).toFixed(1)}"/>`);
  }
  const tip = { x: at.x, y: at.y - r * 1.3 };
  return turned(
    [
      path(shape, `fill="${c.radial(pearSkin, { cx: 0.4, cy: 0.52, r: 0.66, fx: 0.32, fy: 0.42 })}"`),
      group(
        [
          ellipse({ x: at.x + r * 0.3, y: at.y + r * 0.1, rx: r * 0.6, ry: r * 0.8 }, `fill="${c.radial([[0, '#d98a3a', 0.34], [1, '#d98a3a', 0]])}"`),
          group(specks, 'fill="#8a5c1c" opacity=".42"'),
          ellipse({ x: tip.x, y: tip.y + r * 0.06, rx: r * 0.3, ry: r * 0.15 }, `fill="#6b4a12" opacity=".5" filter="${c.blur(r * 0.06)}"`),
        ],
        `clip-path="${c.clip(shape)}"`,
      ),
      ...round(c, shape, at, r, 0.7),
      ellipse({ x: at.x - r * 0.26, y: at.y - r * 0.86, rx: r * 0.09, ry: r * 0.22 }, `fill="#fff" opacity=".4" filter="${c.blur(r * 0.06)}"`),
      path(
        `M${tip.x - r * 0.04} ${tip.y + r * 0.08}C${tip.x} ${tip.y - r * 0.16} ${tip.x + r * 0.04} ${tip.y - r * 0.24} ${tip.x + r * 0.16} ${tip.y - r * 0.42}L${tip.x + r * 0.24} ${tip.y - r * 0.38}C${tip.x + r * 0.12} ${tip.y - r * 0.2} ${tip.x + r * 0.06} ${tip.y - r * 0.1} ${tip.x + r * 0.05} ${tip.y + r * 0.08}Z`,
        `fill="${c.linear([[0, '#94683a'], [1, '#46290f']])}"`,
      ),
      withLeaf ? leaf(c, { x: tip.x + r * 0.07, y: tip.y - r * 0.12 }, { x: tip.x + r * 0.86, y: tip.y - r * 0.1 }, r * 0.42) : '',
    ],
    at,
    tilt,
  );
}

export function snowPears(): Canvas {
  const c = new Canvas(1000, 1000, 17);
  setStage(c, moods.sage);
  c.add(
    shadow(c, { x: 690, y: 735, rx: 150 }),
    pear(c, { x: 690, y: 590 }, 156, 12),
    shadow(c, { x: 370, y: 775, rx: 180 }),
    pear(c, { x: 370, y: 600 }, 186, -6, true),
    shadow(c, { x: 590, y: 880, rx: 140 }),
    pear(c, { x: 590, y: 765 }, 136, 76),
  );
  finish(c);
  return c;
}

const persimmonSkin: readonly Stop[] = [[0, '#ffd08a'], [0.25, '#ffa03c'], [0.58, '#f0761c'], [0.84, '#bf4a10'], [1, '#8a2f0b']];

function persimmon(c: Canvas, at: Point, r: number, tilt: number): string {
  const shape = outline(
    at,
    (angle) => ({ x: Math.sin(angle) * r * 1.1 * (1 - 0.025 * Math.cos(angle * 4)), y: -Math.cos(angle) * r * 0.8 * (1 - 0.03 * Math.cos(angle * 4)) }),
    40,
  );
  const top = { x: at.x + r * 0.03, y: at.y - r * 0.5 };
  const sepals: string[] = [];
  for (const [angle, length] of [[200, 0.56], [-18, 0.56], [112, 0.42], [262, 0.36], [60, 0.36]] as const) {
    const turn = (angle * Math.PI) / 180;
    sepals.push(
      leaf(c, top, { x: top.x + Math.cos(turn) * r * length, y: top.y + Math.sin(turn) * r * length * 0.42 }, r * 0.34, ['#a8a85a', '#4d5a26']),
    );
  }
  return turned(
    [
      path(shape, `fill="${c.radial(persimmonSkin, { cx: 0.42, cy: 0.4, r: 0.68, fx: 0.32, fy: 0.28 })}"`),
      group(
        [
          ellipse({ x: top.x, y: top.y + r * 0.04, rx: r * 0.66, ry: r * 0.26 }, `fill="#8a3408" opacity=".5" filter="${c.blur(r * 0.1)}"`),
          path(`M${at.x - r * 0.5} ${at.y - r * 0.3}Q${at.x - r * 0.72} ${at.y + r * 0.3} ${at.x - r * 0.4} ${at.y + r * 0.76}M${at.x + r * 0.42} ${at.y - r * 0.3}Q${at.x + r * 0.66} ${at.y + r * 0.3} ${at.x + r * 0.42} ${at.y + r * 0.74}`, `fill="none" stroke="#a63e0a" stroke-width="${r * 0.09}" opacity=".28" filter="${c.blur(r * 0.06)}"`),
        ],
        `clip-path="${c.clip(shape)}"`,
      ),
      ...round(c, shape, at, r, 0.8),
      group(sepals),
      ellipse({ x: top.x, y: top.y, rx: r * 0.1, ry: r * 0.06 }, `fill="${c.radial([[0, '#8c6a3a'], [1, '#46300f']])}"`),
    ],
    at,
    tilt,
  );
}

export function persimmons(): Canvas {
  const c = new Canvas(1000, 1000, 41);
  setStage(c, moods.mist);
  c.add(
    shadow(c, { x: 480, y: 690, rx: 190 }),
    persimmon(c, { x: 500, y: 540 }, 172, 4),
    shadow(c, { x: 292, y: 800, rx: 190 }),
    persimmon(c, { x: 292, y: 662 }, 180, -7),
    shadow(c, { x: 690, y: 830, rx: 200 }),
    persimmon(c, { x: 690, y: 690 }, 192, 7),
  );
  finish(c);
  return c;
}

const haw: readonly Stop[] = [[0, '#ff9a7a'], [0.25, '#e8392f'], [0.6, '#b8141f'], [0.88, '#730914'], [1, '#520610']];

function hawthorn(c: Canvas, at: Point, r: number, turn: number): string {
  const shape = outline(at, (angle) => ({ x: Math.sin(angle) * r, y: -Math.cos(angle) * r * 0.95 }), 20);
  const dots: string[] = [];
  for (let i = 0; i < 26; i++) {
    const angle = c.random(0, Math.PI * 2);
    const away = Math.sqrt(c.random()) * r * 0.9;
    dots.push(`<circle cx="${(at.x + Math.cos(angle) * away).toFixed(1)}" cy="${(at.y + Math.sin(angle) * away).toFixed(1)}" r="${c.random(r * 0.016, r * 0.036).toFixed(1)}"/>`);
  }
  const crown: string[] = [];
  for (let i = 0; i < 5; i++) {
    crown.push(turned([path(`M${at.x - r * 0.09} ${at.y - r * 0.66}L${at.x} ${at.y - r * 0.98}L${at.x + r * 0.09} ${at.y - r * 0.66}Z`, 'fill="#6b3a1c"')], { x: at.x, y: at.y - r * 0.62 }, i * 72));
  }
  return turned(
    [
      path(shape, `fill="${c.radial(haw, { cx: 0.42, cy: 0.4, r: 0.64, fx: 0.33, fy: 0.3 })}"`),
      group(dots, 'fill="#ffd9b0" opacity=".75"'),
      turn === 0 ? '' : group([ellipse({ x: at.x, y: at.y - r * 0.64, rx: r * 0.24, ry: r * 0.16 }, 'fill="#3f0a0c"'), group(crown, `transform="translate(${at.x} ${at.y - r * 0.62}) scale(.62 .42) translate(${-at.x} ${-at.y + r * 0.62})"`)]),
      ellipse({ x: at.x - r * 0.36, y: at.y - r * 0.32, rx: r * 0.17, ry: r * 0.12 }, `fill="#fff" opacity=".8" filter="${c.blur(r * 0.06)}"`),
      ellipse({ x: at.x + r * 0.2, y: at.y + r * 0.72, rx: r * 0.42, ry: r * 0.14 }, `fill="#ff9a6a" opacity=".35" filter="${c.blur(r * 0.1)}"`),
    ],
    at,
    turn,
  );
}

export function hawthorns(): Canvas {
  const c = new Canvas(1000, 1000, 73);
  setStage(c, moods.cream);
  bowl(c, { x: 470, y: 610, rx: 300, depth: 210, glaze: ['#fdfcf7', '#b9c6cf'] }, () => {
    const rows = [
      { y: 470, xs: [380, 470, 560] },
      { y: 530, xs: [290, 380, 470, 560, 650] },
      { y: 590, xs: [245, 335, 425, 515, 605, 695] },
      { y: 640, xs: [300, 390, 480, 570, 655] },
    ];
    for (const row of rows) {
      for (const x of row.xs) {
        const at = { x: x + c.random(-9, 9), y: row.y + c.random(-9, 9) };
        c.add(ellipse({ x: at.x + 6, y: at.y + 26, rx: 58, ry: 42 }, `fill="#260306" opacity=".55" filter="${c.blur(8)}"`), hawthorn(c, at, c.random(54, 62), c.random() < 0.45 ? c.random(-70, 70) : 0));
      }
    }
    c.add(leaf(c, { x: 600, y: 520 }, { x: 740, y: 430 }, 74), leaf(c, { x: 300, y: 500 }, { x: 190, y: 430 }, 62));
  });
  for (const [x, y, r, turn] of [[775, 845, 62, 40], [670, 890, 56, 0], [215, 880, 60, -50]] as const) {
    c.add(shadow(c, { x, y: y + r * 0.84, rx: r * 0.86 }), hawthorn(c, { x, y }, r, turn));
  }
  finish(c);
  return c;
}
