// Owns the sweet potatoes, whole and baked open.
import { Canvas, ellipse, group, path, type Point, smooth, turned } from './canvas.ts';
import { finish, leaf, moods, setStage, shadow } from './stage.ts';

function spindle(at: Point, length: number, width: number, bend: number): string {
  const points: Point[] = [];
  const profile = [0.2, 0.66, 0.92, 1, 0.97, 0.86, 0.6, 0.16];
  const along = (i: number): number => at.x - length / 2 + (i / (profile.length - 1)) * length;
  const lift = (i: number): number => Math.sin((i / (profile.length - 1)) * Math.PI) * bend;
  profile.forEach((share, i) => points.push({ x: along(i), y: at.y - (share * width) / 2 - lift(i) }));
  for (let i = profile.length - 1; i >= 0; i--) points.push({ x: along(i), y: at.y + (profile[i]! * width) / 2 - lift(i) });
  return smooth(points);
}

function whole(c: Canvas, at: Point, length: number, width: number, bend: number, tilt: number, skin: string): string {
  const shape = spindle(at, length, width, bend);
  const eyes: string[] = [];
  for (let i = 0; i < 16; i++) {
    const x = at.x + c.random(-0.4, 0.4) * length;
    const y = at.y - bend * 0.7 + c.random(-0.34, 0.34) * width;
    eyes.push(`<path d="M${x.toFixed(0)} ${y.toFixed(0)}q${c.random(8, 22).toFixed(0)} ${c.random(-5, 5).toFixed(0)} ${c.random(20, 40).toFixed(0)} 0"/>`);
  }
  return turned(
    [
      path(shape, `fill="${c.linear([[0, '#d98a86'], [0.22, '#b9545c'], [0.6, '#8e3343'], [0.88, '#5a1c2c'], [1, '#7a3538']])}" filter="${skin}"`),
      group(eyes, `fill="none" stroke="#4a1522" stroke-width="3.4" stroke-linecap="round" opacity=".55" clip-path="${c.clip(shape)}"`),
      ellipse({ x: at.x - length * 0.1, y: at.y - bend * 0.9 - width * 0.3, rx: length * 0.27, ry: width * 0.07 }, `fill="#ffe3d6" opacity=".6" filter="${c.blur(9)}"`),
    ],
    at,
    tilt,
  );
}

/** Split along its length and baked: flesh that glows, edges that have caramelised. */
function baked(c: Canvas, at: Point, length: number, width: number, tilt: number): string {
  const rind = spindle(at, length, width, 10);
  const flesh = spindle({ x: at.x, y: at.y - width * 0.08 }, length * 0.93, width * 0.74, 10);
  const fibres: string[] = [];
  for (let i = 0; i < 60; i++) {
    const x = at.x + c.random(-0.42, 0.36) * length;
    const y = at.y - 10 + c.random(-0.3, 0.22) * width;
    fibres.push(`<path d="M${x.toFixed(0)} ${y.toFixed(0)}q${c.random(10, 30).toFixed(0)} ${c.random(-6, 6).toFixed(0)} ${c.random(26, 62).toFixed(0)} ${c.random(-4, 4).toFixed(0)}" stroke="${c.pick(['#ffe08a', '#fff0b0', '#e07d12', '#f7b13c'])}"/>`);
  }
  return turned(
    [
      path(rind, `fill="${c.linear([[0, '#a85a4a'], [0.5, '#6b2630'], [1, '#3a0f1a']])}" filter="${c.relief({ frequency: '.02 .05', height: 5 })}"`),
      path(flesh, `fill="${c.radial([[0, '#ffd86b'], [0.45, '#ffae2e'], [0.8, '#ef8312'], [1, '#a6500c']], { cx: 0.42, cy: 0.36, r: 0.66 })}" filter="${c.relief({ frequency: '.014 .05', height: 6 })}"`),
      group(fibres, `fill="none" stroke-width="3" stroke-linecap="round" opacity=".6" clip-path="${c.clip(flesh)}"`),
      path(flesh, `fill="none" stroke="#8a3c0a" stroke-width="7" opacity=".45" filter="${c.blur(3)}"`),
      ellipse({ x: at.x - length * 0.14, y: at.y - width * 0.22, rx: length * 0.2, ry: width * 0.06 }, `fill="#fff" opacity=".6" filter="${c.blur(6)}"`),
    ],
    at,
    tilt,
  );
}

export function sweetPotatoes(): Canvas {
  const c = new Canvas(1000, 1000, 53);
  setStage(c, moods.cream);
  const skin = c.relief({ frequency: '.012 .06', height: 4.5, octaves: 3 });
  c.add(
    shadow(c, { x: 620, y: 700, rx: 270, ry: 46 }),
    whole(c, { x: 600, y: 620 }, 540, 172, 26, -9, skin),
    shadow(c, { x: 350, y: 772, rx: 250, ry: 50 }),
    whole(c, { x: 360, y: 690 }, 500, 178, 22, 12, skin),
    shadow(c, { x: 620, y: 868, rx: 260, ry: 54 }),
    baked(c, { x: 610, y: 800 }, 520, 196, -6),
    leaf(c, { x: 160, y: 850 }, { x: 270, y: 905 }, 62),
    leaf(c, { x: 160, y: 850 }, { x: 90, y: 920 }, 52),
    steam(c),
  );
  finish(c);
  return c;
}

function steam(c: Canvas): string {
  const wisps = ['M560 690C530 630 600 590 566 520C540 460 590 430 574 380', 'M660 680C640 630 700 600 676 540C654 490 700 450 690 410', 'M740 690C724 650 772 620 752 570'];
  return group(wisps.map((wisp) => path(wisp, '')), `fill="none" stroke="#fffaf0" stroke-width="26" stroke-linecap="round" opacity=".4" filter="${c.blur(16)}"`);
}
