// Owns wrinkled goods: walnuts and red dates.
import { Canvas, ellipse, group, outline, path, type Point, type Stop, turned } from './canvas.ts';
import { finish, leaf, moods, setStage, shadow } from './stage.ts';
import { bowl } from './vessel.ts';

/** A long or round body whose skin is lit by `relief`. */
function wrinkled(c: Canvas, at: Point, rx: number, ry: number, skin: readonly Stop[], relief: string, gloss: number, tilt: number): string {
  const shape = outline(at, (angle) => ({ x: Math.sin(angle) * rx * (1 + 0.03 * Math.sin(angle * 3)), y: -Math.cos(angle) * ry * (1 + 0.03 * Math.cos(angle * 2)) }), 26);
  return turned(
    [
      path(shape, `fill="${c.radial(skin, { cx: 0.42, cy: 0.36, r: 0.68, fx: 0.34, fy: 0.26 })}" filter="${relief}"`),
      path(shape, `fill="${c.radial([[0, '#1f0a02', 0], [0.6, '#1f0a02', 0], [0.85, '#1f0a02', 0.3], [1, '#1f0a02', 0.6]], { cx: 0.4, cy: 0.36, r: 0.72 })}"`),
      ellipse({ x: at.x - rx * 0.3, y: at.y - ry * 0.5, rx: rx * 0.36, ry: ry * 0.13 }, `fill="#fff" opacity="${gloss}" filter="${c.blur(rx * 0.06)}"`),
    ],
    at,
    tilt,
  );
}

const shell: readonly Stop[] = [[0, '#f6dcae'], [0.3, '#dcb37c'], [0.65, '#b98650'], [1, '#7a4e27']];

function walnut(c: Canvas, at: Point, r: number, tilt: number, relief: string): string {
  return turned(
    [
      wrinkled(c, at, r * 0.96, r * 1.06, shell, relief, 0.24, 0),
      path(`M${at.x} ${at.y - r * 1.06}C${at.x + r * 0.2} ${at.y - r * 0.4} ${at.x + r * 0.2} ${at.y + r * 0.4} ${at.x} ${at.y + r * 1.06}`, `fill="none" stroke="#5a3415" stroke-width="${r * 0.055}" opacity=".7"`),
      path(`M${at.x - r * 0.06} ${at.y - r * 1.05}C${at.x + r * 0.12} ${at.y - r * 0.4} ${at.x + r * 0.12} ${at.y + r * 0.4} ${at.x - r * 0.06} ${at.y + r * 1.05}`, `fill="none" stroke="#ffe9c4" stroke-width="${r * 0.05}" opacity=".5"`),
    ],
    at,
    tilt,
  );
}

/** Half a shell with the kernel in it. */
function openWalnut(c: Canvas, at: Point, r: number, tilt: number, relief: string): string {
  const lobe = (side: number): string => {
    const centre = { x: at.x + side * r * 0.38, y: at.y };
    return outline(
      centre,
      (angle) => {
        const wave = 1 + 0.055 * Math.sin(angle * 7 + side);
        return { x: Math.sin(angle) * r * 0.36 * wave, y: -Math.cos(angle) * r * 0.72 * wave };
      },
      44,
    );
  };
  const folds: string[] = [];
  for (const side of [-1, 1]) {
    for (let i = -3; i <= 3; i++) {
      const y = at.y + i * r * 0.19;
      folds.push(`M${at.x + side * r * 0.12} ${y}Q${at.x + side * r * 0.36} ${y + c.random(-0.16, 0.16) * r} ${at.x + side * r * c.random(0.5, 0.64)} ${y + c.random(-0.08, 0.08) * r}`);
    }
  }
  const kernel = c.linear([[0, '#f7dca6'], [0.5, '#deb06a'], [1, '#a9713a']], { x1: 0, y1: 0, x2: 1, y2: 1 });
  return turned(
    [
      ellipse({ x: at.x, y: at.y, rx: r, ry: r * 1.04 }, `fill="${c.linear([[0, '#d6ab74'], [1, '#7a4e27']], { x1: 0, y1: 0, x2: 1, y2: 1 })}" filter="${relief}"`),
      ellipse({ x: at.x, y: at.y, rx: r * 0.88, ry: r * 0.92 }, `fill="${c.radial([[0, '#5a3515'], [0.8, '#80532a'], [1, '#e0bd8a']])}"`),
      group([path(lobe(-1), 'fill="#2b1505"'), path(lobe(1), 'fill="#2b1505"')], `opacity=".6" filter="${c.blur(6)}" transform="translate(7 9)"`),
      path(lobe(-1), `fill="${kernel}"`),
      path(lobe(1), `fill="${kernel}"`),
      path(folds.join(''), `fill="none" stroke="#8a5524" stroke-width="${r * 0.055}" stroke-linecap="round" opacity=".72"`),
      path(folds.join(''), `fill="none" stroke="#fff0cc" stroke-width="${r * 0.028}" stroke-linecap="round" opacity=".7" transform="translate(-2 -4)"`),
      path(`M${at.x} ${at.y - r * 0.74}V${at.y + r * 0.74}`, `stroke="#5a3515" stroke-width="${r * 0.06}" opacity=".8"`),
    ],
    at,
    tilt,
  );
}

export function walnuts(): Canvas {
  const c = new Canvas(1000, 1000, 61);
  setStage(c, moods.mist);
  const bark = c.relief({ frequency: '.024 .02', height: 9, octaves: 2 });
  const put = (x: number, y: number, r: number, tilt: number): void => c.add(shadow(c, { x, y: y + r * 0.94, rx: r * 0.92 }), walnut(c, { x, y }, r, tilt, bark));
  put(560, 500, 118, 22);
  put(335, 560, 128, -24);
  put(765, 610, 122, 40);
  put(548, 655, 132, 6);
  c.add(shadow(c, { x: 310, y: 858, rx: 128 }), openWalnut(c, { x: 300, y: 764 }, 126, -14, bark));
  c.add(shadow(c, { x: 720, y: 880, rx: 116 }), openWalnut(c, { x: 716, y: 806 }, 112, 62, bark));
  c.add(leaf(c, { x: 140, y: 660 }, { x: 250, y: 520 }, 78), leaf(c, { x: 150, y: 670 }, { x: 80, y: 540 }, 66));
  finish(c);
  return c;
}

const dateSkin: readonly Stop[] = [[0, '#f07a52'], [0.3, '#c23a26'], [0.65, '#8e1c18'], [1, '#4d0b0e']];

export function redDates(): Canvas {
  const c = new Canvas(1000, 1000, 83);
  setStage(c, moods.blush);
  const skin = c.relief({ frequency: '.016 .05', height: 8, octaves: 2 });
  const one = (x: number, y: number, size: number, tilt: number): string =>
    group([
      ellipse({ x: x + 5, y: y + size * 0.42, rx: size * 0.92, ry: size * 0.5 }, `fill="#20050a" opacity=".5" filter="${c.blur(8)}"`),
      wrinkled(c, { x, y }, size, size * 0.62, dateSkin, skin, 0.55, tilt),
      turned([ellipse({ x: x - size * 0.94, y, rx: size * 0.07, ry: size * 0.12 }, 'fill="#e0b184"')], { x, y }, tilt),
    ]);
  bowl(c, { x: 480, y: 600, rx: 300, depth: 215, glaze: ['#dfe7e0', '#6d8a80'] }, () => {
    for (const [y, xs] of [[465, [400, 530]], [515, [310, 450, 590, 660]], [570, [255, 380, 510, 630, 715]], [625, [310, 440, 570, 680]]] as const) {
      for (const x of xs) c.add(one(x + c.random(-10, 10), y + c.random(-8, 8), c.random(74, 84), c.random(-32, 32)));
    }
  });
  c.add(shadow(c, { x: 770, y: 890, rx: 84 }), one(766, 866, 88, 12), shadow(c, { x: 200, y: 884, rx: 80 }), one(196, 862, 84, -18), leaf(c, { x: 330, y: 925 }, { x: 420, y: 872 }, 44), leaf(c, { x: 330, y: 925 }, { x: 300, y: 850 }, 40));
  finish(c);
  return c;
}
