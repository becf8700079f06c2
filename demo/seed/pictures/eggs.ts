// Owns the basket of free-range eggs.
import { Canvas, ellipse, group, outline, path, type Point, turned } from './canvas.ts';
import { finish, moods, setStage, shadow } from './stage.ts';

const shells = [
  ['#ffe6cc', '#eab48a', '#a86a45'],
  ['#fff3e2', '#efd2b2', '#b28a66'],
  ['#fddcbf', '#dd9f74', '#95583a'],
  ['#f3f5ea', '#cfdccb', '#8aa08c'],
] as const;

function egg(c: Canvas, at: Point, r: number, tilt: number, tone: (typeof shells)[number]): string {
  const shape = outline(at, (angle) => ({ x: Math.sin(angle) * r * 0.8 * (1 - 0.07 * Math.cos(angle)), y: -Math.cos(angle) * r * (Math.cos(angle) > 0 ? 1.08 : 0.96) }), 26);
  const specks: string[] = [];
  for (let i = 0; i < 34; i++) {
    specks.push(`<circle cx="${(at.x + c.random(-0.6, 0.6) * r).toFixed(1)}" cy="${(at.y + c.random(-0.85, 0.85) * r).toFixed(1)}" r="${c.random(0.6, 1.9).toFixed(1)}"/>`);
  }
  return turned(
    [
      path(shape, `fill="${c.radial([[0, '#fffdf8'], [0.22, tone[0]], [0.62, tone[1]], [1, tone[2]]], { cx: 0.42, cy: 0.4, r: 0.64, fx: 0.34, fy: 0.28 })}"`),
      group(specks, 'fill="#7c4a2a" opacity=".3"'),
      ellipse({ x: at.x + r * 0.14, y: at.y + r * 0.76, rx: r * 0.4, ry: r * 0.12 }, `fill="#fff0d8" opacity=".5" filter="${c.blur(r * 0.08)}"`),
      ellipse({ x: at.x - r * 0.28, y: at.y - r * 0.42, rx: r * 0.17, ry: r * 0.24 }, `fill="#fff" opacity=".75" filter="${c.blur(r * 0.08)}"`),
    ],
    at,
    tilt,
  );
}

export function eggs(): Canvas {
  const c = new Canvas(1000, 1000, 97);
  setStage(c, moods.sage);
  const left = 175;
  const right = 745;
  const rim = 600;
  const bottom = 832;
  c.add(
    shadow(c, { x: 460, y: bottom, rx: 250, ry: 56 }),
    ellipse({ x: 460, y: rim, rx: 292, ry: 92 }, `fill="${c.linear([[0, '#6b4523'], [1, '#3b220d']])}"`),
    path(`M${left - 8} ${rim - 8}Q460 ${rim - 172} ${right + 8} ${rim - 8}`, 'fill="none" stroke="#5c3a18" stroke-width="28" stroke-linecap="round"'),
    path(`M${left - 8} ${rim - 12}Q460 ${rim - 176} ${right + 8} ${rim - 12}`, 'fill="none" stroke="#b37d40" stroke-width="20" stroke-linecap="round"'),
    straw(c, { x: 460, y: 566 }, 262, 92, 170),
  );
  for (const [x, y, tilt, tone] of [[345, 480, -20, 0], [470, 462, 6, 1], [592, 484, 24, 2], [268, 548, -34, 2], [398, 545, -8, 3], [528, 545, 14, 0], [650, 552, 36, 1]] as const) {
    c.add(ellipse({ x: x + 8, y: y + 66, rx: 70, ry: 34 }, `fill="#2b1505" opacity=".5" filter="${c.blur(11)}"`), egg(c, { x, y }, 86, tilt, shells[tone]));
  }
  c.add(straw(c, { x: 460, y: 630 }, 276, 40, 90));
  // Woven front: rows of short strands, one over and one under.
  const weave: string[] = [];
  const rows = 8;
  for (let row = 0; row < rows; row++) {
    const t = row / (rows - 1);
    const y = rim + 30 + t * (bottom - rim - 34);
    const inset = 70 * t ** 1.6;
    const [from, to] = [left + inset, right - inset];
    const sag = 66 * (1 - t * 0.35);
    const count = 15;
    for (let i = 0; i < count; i++) {
      const u = (i + 0.5) / count;
      const x = from + (to - from) * u;
      const drop = Math.sin(u * Math.PI) * sag - 20;
      const over = (i + row) % 2 === 0;
      const shade = 0.62 + 0.38 * Math.sin(Math.min(1, u * 1.25) * Math.PI * 0.75 + 0.35);
      const colour = over ? [222, 172, 108] : [166, 117, 64];
      weave.push(
        `<rect x="${(x - (to - from) / count * 0.56).toFixed(1)}" y="${(y + drop - 14).toFixed(1)}" width="${((to - from) / count * 1.12).toFixed(1)}" height="29" rx="13" fill="rgb(${colour.map((part) => Math.round(part * shade)).join(',')})" transform="rotate(${((0.5 - u) * 20).toFixed(1)} ${x.toFixed(1)} ${(y + drop).toFixed(1)})"/>`,
        over ? `<rect x="${(x - (to - from) / count * 0.4).toFixed(1)}" y="${(y + drop - 10).toFixed(1)}" width="${((to - from) / count * 0.8).toFixed(1)}" height="5" rx="2.5" fill="#fff0d0" opacity=".45"/>` : '',
      );
    }
  }
  c.add(
    path(`M${left} ${rim + 6}Q460 ${rim + 150} ${right} ${rim + 6}L${right - 66} ${bottom - 8}Q460 ${bottom + 52} ${left + 66} ${bottom - 8}Z`, 'fill="#4b2d12"'),
    group(weave),
    path(`M${left - 8} ${rim - 4}Q460 ${rim + 172} ${right + 8} ${rim - 4}`, 'fill="none" stroke="#5c3a18" stroke-width="30" stroke-linecap="round"'),
    path(`M${left - 8} ${rim - 8}Q460 ${rim + 168} ${right + 8} ${rim - 8}`, `fill="none" stroke="${'#c9924f'}" stroke-width="24" stroke-linecap="round"`),
    path(`M${left - 8} ${rim - 13}Q460 ${rim + 163} ${right + 8} ${rim - 13}`, 'fill="none" stroke="#f4d29a" stroke-width="7" stroke-linecap="round" stroke-dasharray="20 9" opacity=".8"'),
    shadow(c, { x: 800, y: 880, rx: 84 }),
    egg(c, { x: 796, y: 818 }, 84, 68, shells[0]),
    straw(c, { x: 800, y: 900 }, 130, 18, 26),
  );
  finish(c);
  return c;
}

function straw(c: Canvas, at: Point, rx: number, ry: number, count: number): string {
  const stalks: string[] = [];
  for (let i = 0; i < count; i++) {
    const x = at.x + c.random(-1, 1) * rx;
    const y = at.y + c.random(-1, 1) * ry;
    const length = c.random(40, 110);
    const turn = c.random(-0.6, 0.6);
    stalks.push(
      `<path d="M${x.toFixed(0)} ${y.toFixed(0)}q${(length * 0.5).toFixed(0)} ${(turn * 40 - 12).toFixed(0)} ${length.toFixed(0)} ${(turn * 60).toFixed(0)}" stroke="${c.pick(['#f0d58e', '#e2bd66', '#cfa24a', '#f8e6b0', '#b78a3a'])}" stroke-width="${c.random(2.4, 5).toFixed(1)}"/>`,
    );
  }
  return group(stalks, 'fill="none" stroke-linecap="round"');
}
