// Owns the posters of shows: the orchard in the morning, the rice fields in the evening, each with its goods in front.
import { apple, fuji } from './apple.ts';
import { Canvas, ellipse, group, path, type Point, type Stop } from './canvas.ts';
import { crate } from './crate.ts';
import { riceSack } from './grain.ts';
import { honeyJar } from './jar.ts';
import { finish, leaf, shadow } from './stage.ts';

const WIDTH = 1080;
const HEIGHT = 1440;

function sky(c: Canvas, stops: readonly Stop[], sun: Point, warm: string): void {
  c.add(
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${c.linear(stops)}"/>`,
    ellipse({ ...sun, rx: 620, ry: 620 }, `fill="${c.radial([[0, warm, 0.95], [0.25, warm, 0.5], [1, warm, 0]])}"`),
    ellipse({ ...sun, rx: 74, ry: 74 }, `fill="${c.radial([[0, '#fffdf0'], [0.8, '#fff3c8'], [1, '#ffe9a8', 0.2]])}"`),
  );
  for (const [x, y, size] of [[230, 190, 120], [840, 130, 90], [640, 290, 76]] as const) {
    c.add(
      group(
        [ellipse({ x, y, rx: size * 1.6, ry: size * 0.2 }, ''), ellipse({ x: x - size * 0.4, y: y - size * 0.14, rx: size * 0.7, ry: size * 0.24 }, ''), ellipse({ x: x + size * 0.5, y: y - size * 0.1, rx: size * 0.6, ry: size * 0.18 }, '')],
        `fill="#fffaf0" opacity=".6" filter="${c.blur(12)}"`,
      ),
    );
  }
}

/** A ridge across the whole width: far ones pale, near ones deep. */
function ridge(c: Canvas, y: number, height: number, stops: readonly Stop[], waves: readonly [number, number]): void {
  let line = `M0 ${HEIGHT}L0 ${y}`;
  for (let x = 0; x <= WIDTH; x += 30) {
    const rise = Math.sin((x / WIDTH) * Math.PI * waves[0] + waves[1]) * height + Math.sin((x / WIDTH) * Math.PI * waves[0] * 2.3 + waves[1] * 2) * height * 0.36;
    line += `L${x} ${(y - rise).toFixed(1)}`;
  }
  c.add(path(`${line}L${WIDTH} ${HEIGHT}Z`, `fill="${c.linear(stops)}"`));
}

function tree(c: Canvas, at: Point, size: number): void {
  const puffs: string[] = [];
  for (let i = 0; i < 30; i++) {
    const angle = c.random(0, Math.PI * 2);
    const away = Math.sqrt(c.random()) * size * 0.52;
    const [x, y] = [at.x + Math.cos(angle) * away * 1.12, at.y - size * 0.78 + Math.sin(angle) * away * 0.82];
    const light = (at.x - x) / size + (at.y - size * 0.78 - y) / size;
    puffs.push(ellipse({ x, y, rx: size * c.random(0.13, 0.22), ry: size * c.random(0.1, 0.17) }, `fill="${light > 0.25 ? '#a9c05a' : light > 0 ? '#7ea147' : light > -0.3 ? '#5a8239' : '#3c6230'}" opacity=".92"`));
  }
  const fruit: string[] = [];
  for (let i = 0; i < 15; i++) {
    const angle = c.random(0, Math.PI * 2);
    const away = Math.sqrt(c.random()) * size * 0.55;
    fruit.push(`<circle cx="${(at.x + Math.cos(angle) * away * 1.1).toFixed(1)}" cy="${(at.y - size * 0.76 + Math.sin(angle) * away * 0.8).toFixed(1)}" r="${(size * 0.036).toFixed(1)}"/>`);
  }
  c.add(
    ellipse({ x: at.x + size * 0.22, y: at.y + 2, rx: size * 0.56, ry: size * 0.1 }, `fill="#1e3312" opacity=".45" filter="${c.blur(size * 0.04)}"`),
    path(`M${at.x - size * 0.07} ${at.y}C${at.x - size * 0.03} ${at.y - size * 0.3} ${at.x - size * 0.1} ${at.y - size * 0.45} ${at.x - size * 0.18} ${at.y - size * 0.62}L${at.x + size * 0.16} ${at.y - size * 0.64}C${at.x + size * 0.06} ${at.y - size * 0.44} ${at.x + size * 0.03} ${at.y - size * 0.3} ${at.x + size * 0.08} ${at.y}Z`, `fill="${c.linear([[0, '#8d6a44'], [1, '#4b331c']], { x1: 0, y1: 0, x2: 1, y2: 0 })}"`),
    group(puffs, `filter="${c.blur(Math.max(1, size * 0.008))}"`),
    group(fruit, `fill="${c.radial([[0, '#ff8a5c'], [0.5, '#d3302a'], [1, '#8d1420']], { fx: 0.3, fy: 0.3 })}"`),
  );
}

function tableTop(c: Canvas, y: number): void {
  c.add(
    `<rect y="${y}" width="${WIDTH}" height="${HEIGHT - y}" fill="${c.linear([[0, '#e0b27b'], [0.08, '#cf9b62'], [1, '#7a4a24']])}"/>`,
    `<rect y="${y}" width="${WIDTH}" height="${HEIGHT - y}" fill="#000" filter="${c.grain({ across: 0.08, along: 0.0035, colour: [0.26, 0.13, 0.05], strength: 1.6, cut: 0.62, octaves: 3 })}"/>`,
    `<rect y="${y}" width="${WIDTH}" height="6" fill="#ffedcc" opacity=".7"/>`,
  );
}

/** A branch with apples across the upper corner. */
function branch(c: Canvas): void {
  c.add(path('M1100 70C960 120 860 96 740 160C690 186 640 190 590 236', 'fill="none" stroke="#4b3018" stroke-width="26" stroke-linecap="round"'));
  c.add(path('M1100 64C960 112 860 88 740 152C690 178 640 184 594 230', 'fill="none" stroke="#94703f" stroke-width="8" stroke-linecap="round" opacity=".7"'));
  const leaves: readonly (readonly [number, number, number, number, number])[] = [
    [1000, 96, 900, 10, 74], [930, 104, 1030, 226, 80], [850, 112, 780, 10, 72], [800, 134, 850, 262, 80], [740, 160, 640, 78, 70], [690, 182, 590, 130, 62], [640, 200, 660, 310, 66], [596, 232, 500, 290, 62],
  ];
  for (const [x1, y1, x2, y2, width] of leaves) c.add(leaf(c, { x: x1, y: y1 }, { x: x2, y: y2 }, width));
  c.add(apple(c, fuji, { x: 730, y: 290 }, 92, 6), apple(c, fuji, { x: 948, y: 262 }, 104, -5));
  c.add(leaf(c, { x: 940, y: 120 }, { x: 860, y: 250 }, 72), leaf(c, { x: 745, y: 160 }, { x: 690, y: 270 }, 60));
}

/** Morning among the apple trees. */
export function orchardMorning(): Canvas {
  const c = new Canvas(WIDTH, HEIGHT, 201);
  sky(c, [[0, '#9fc9dd'], [0.3, '#dcebe0'], [0.5, '#fdeec8'], [1, '#f6dca0']], { x: 250, y: 470 }, '#fff0bd');
  ridge(c, 600, 60, [[0, '#b9cdbb'], [1, '#d8e2c4']], [1.7, 0.6]);
  ridge(c, 680, 44, [[0, '#94b38c'], [1, '#c4d5a6']], [2.3, 2]);
  ridge(c, 760, 26, [[0, '#a9c376'], [0.4, '#86a857'], [1, '#5f8440']], [1.4, 3.4]);
  for (const [y, size, step, shift] of [[800, 96, 118, 40], [862, 150, 190, -10], [960, 240, 330, 90]] as const) {
    for (let x = shift; x < WIDTH + size; x += step) tree(c, { x: x + c.random(-12, 12), y }, size);
  }
  c.add(ellipse({ x: 250, y: 640, rx: 700, ry: 340 }, `fill="${c.radial([[0, '#fff3c4', 0.6], [1, '#fff3c4', 0]])}"`));
  branch(c);
  tableTop(c, 1150);
  c.within({ x: 40, y: 420, scale: 1 }, () => {
    crate(c, { x: 500, y: 740, width: 760, height: 230 }, () => {
      for (const [x, y] of [[262, 580], [420, 556], [580, 556], [738, 580]] as const) c.add(apple(c, fuji, { x, y }, 98, c.random(-16, 16)));
      for (const [x, y] of [[228, 664], [364, 650], [502, 644], [640, 652], [774, 666]] as const) {
        c.add(ellipse({ x: x + 10, y: y + 58, rx: 94, ry: 54 }, `fill="#26070a" opacity=".5" filter="${c.blur(14)}"`), apple(c, fuji, { x, y }, 102, c.random(-20, 20), x === 364));
      }
    });
    c.add(shadow(c, { x: 850, y: 960, rx: 96 }), apple(c, fuji, { x: 850, y: 868 }, 100, 10, true));
  });
  finish(c);
  return c;
}

/** Evening over the rice terraces. */
export function riceEvening(): Canvas {
  const c = new Canvas(WIDTH, HEIGHT, 307);
  sky(c, [[0, '#6f87b4'], [0.24, '#d9a5a0'], [0.42, '#fbc586'], [1, '#f7a95a']], { x: 740, y: 500 }, '#ffdc9a');
  ridge(c, 560, 90, [[0, '#8e86a6'], [1, '#d5a596']], [1.5, 1.2]);
  ridge(c, 640, 60, [[0, '#6f7a86'], [1, '#c9a778']], [2.1, 3.1]);
  // Terraces: gold bands, each with a lit edge and water that holds the sky.
  for (let i = 0; i < 8; i++) {
    const y = 690 + i * i * 5.4 + i * 26;
    const sway = (x: number): number => Math.sin(x / (170 + i * 26) + i * 1.35) * (12 + i * 5);
    let edge = '';
    for (let x = 0; x <= WIDTH; x += 36) edge += `${x === 0 ? 'M' : 'L'}${x} ${(y + sway(x)).toFixed(1)}`;
    c.add(
      path(`${edge}V${HEIGHT}H0Z`, `fill="${c.linear([[0, i % 3 === 1 ? '#f6cf94' : '#e9bf52'], [0.06, i % 3 === 1 ? '#d99e76' : '#cf9d36'], [0.3, '#9a7a2c'], [1, '#6b5a24']])}"`),
      path(edge, 'fill="none" stroke="#5d6a2c" stroke-width="7" opacity=".7"'),
      path(edge, 'fill="none" stroke="#ffeeb0" stroke-width="3" opacity=".8"'),
    );
    if (i % 3 !== 1) c.add(group(tufts(c, y, sway, i), `fill="none" stroke-linecap="round"`));
  }
  c.add(ellipse({ x: 740, y: 600, rx: 760, ry: 420 }, `fill="${c.radial([[0, '#ffe2a0', 0.6], [1, '#ffe2a0', 0]])}"`));
  tableTop(c, 1160);
  c.within({ x: -10, y: 396, scale: 1.1 }, () => riceSack(c));
  c.within({ x: 440, y: 582, scale: 0.88 }, () => honeyJar(c));
  c.add(shadow(c, { x: 270, y: 1390, rx: 76 }), apple(c, fuji, { x: 270, y: 1316 }, 80, -8, true));
  finish(c);
  return c;
}

function tufts(c: Canvas, y: number, sway: (x: number) => number, row: number): string[] {
  const strokes: string[] = [];
  const size = 7 + row * 3.4;
  for (let x = 0; x < WIDTH; x += size * 0.62) {
    const foot = y + sway(x) + c.random(8, 20 + row * 9);
    strokes.push(`<path d="M${x.toFixed(0)} ${foot.toFixed(0)}q${c.random(-2, 4).toFixed(1)} ${(-size).toFixed(1)} ${c.random(2, size * 0.7).toFixed(1)} ${(-size * 1.25).toFixed(1)}" stroke="${c.pick(['#f7d873', '#e0b03c', '#b98c26', '#8d8030', '#ffe9a0'])}" stroke-width="${(1.6 + row * 0.32).toFixed(1)}" opacity=".8"/>`);
  }
  return strokes;
}
