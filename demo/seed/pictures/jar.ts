// Owns glass with something golden in it: the honey jar with its dipper, the apple juice with its glass.
import { fuji, halfApple } from './apple.ts';
import { Canvas, ellipse, group, path, type Point, turned } from './canvas.ts';
import { finish, leaf, moods, setStage, shadow } from './stage.ts';

/** Light that falls through a golden liquid and lands on the table. */
function glow(c: Canvas, at: Point & { rx: number; ry: number }, colour: string): string {
  return ellipse(at, `fill="${c.radial([[0, colour, 0.75], [0.5, colour, 0.35], [1, colour, 0]])}"`);
}

function blossom(c: Canvas, at: Point, r: number): string {
  const petals: string[] = [];
  for (let i = 0; i < 5; i++) {
    petals.push(turned([ellipse({ x: at.x, y: at.y - r * 0.6, rx: r * 0.44, ry: r * 0.6 }, `fill="${c.radial([[0, '#fff9dc'], [0.7, '#fffef8'], [1, '#e6dcc0']], { cy: 0.9, r: 0.9 })}"`)], at, i * 72 + 10));
  }
  return group([...petals, `<circle cx="${at.x}" cy="${at.y}" r="${r * 0.24}" fill="${c.radial([[0, '#f7d25a'], [1, '#c98a1f']])}"/>`]);
}

/** The jar alone, standing at y 838 of a 1000 x 1000 drawing. */
export function honeyJar(c: Canvas): void {
  const body = 'M238 404C238 372 266 360 292 356H588C614 360 642 372 642 404V776C642 820 612 838 576 838H304C268 838 238 820 238 776Z';
  const clip = c.clip(body);
  c.add(
    shadow(c, { x: 445, y: 836, rx: 215, ry: 56 }),
    glow(c, { x: 700, y: 862, rx: 190, ry: 54 }, '#ffb52e'),
    path(body, `fill="${c.linear([[0, '#a85a08'], [0.14, '#e8940f'], [0.38, '#ffc648'], [0.6, '#f5a31b'], [0.88, '#b9630a'], [1, '#7c3d06']], { x1: 0, y1: 0, x2: 1, y2: 0.06 })}"`),
  );
  const bubbles: string[] = [];
  for (let i = 0; i < 46; i++) bubbles.push(`<circle cx="${c.random(262, 620).toFixed(0)}" cy="${c.random(430, 800).toFixed(0)}" r="${c.random(1.6, 5).toFixed(1)}"/>`);
  c.add(
    group(
      [
        ellipse({ x: 400, y: 640, rx: 150, ry: 190 }, `fill="${c.radial([[0, '#fff0a8', 0.85], [1, '#ffd45a', 0]])}"`),
        `<rect x="230" y="356" width="420" height="60" fill="#fff8e0" opacity=".3"/>`,
        ellipse({ x: 440, y: 416, rx: 206, ry: 17 }, `fill="${c.linear([[0, '#ffe9a0'], [1, '#e39a1c']])}"`),
        `<rect x="230" y="780" width="420" height="60" fill="${c.linear([[0, '#5e2b03', 0], [1, '#5e2b03', 0.6]])}"/>`,
        group(bubbles, 'fill="#fff3c0" opacity=".5"'),
        `<rect x="266" y="392" width="26" height="410" rx="13" fill="#fff" opacity=".62" filter="${c.blur(5)}"/>`,
        `<rect x="300" y="410" width="8" height="370" rx="4" fill="#fff" opacity=".45" filter="${c.blur(2)}"/>`,
        `<rect x="606" y="410" width="14" height="380" rx="7" fill="#ffe7b0" opacity=".5" filter="${c.blur(4)}"/>`,
      ],
      `clip-path="${clip}"`,
    ),
    path(body, 'fill="none" stroke="#fff4d0" stroke-width="4" opacity=".55"'),
  );
  // Label: a bee over a sprig, no words.
  c.add(
    `<path d="M262 540Q440 572 618 540V706Q440 738 262 706Z" fill="${c.linear([[0, '#d9c79c'], [0.15, '#fdf6e2'], [0.75, '#f6ebcd'], [1, '#c9b27f']], { x1: 0, y1: 0, x2: 1, y2: 0 })}"/>`,
    `<path d="M276 558Q440 588 604 558V692Q440 722 276 692Z" fill="none" stroke="#8a5a14" stroke-width="3"/>`,
    turned(
      [
        ellipse({ x: 404, y: 604, rx: 32, ry: 17 }, 'fill="#fff" stroke="#8a5a14" stroke-width="3" transform="rotate(28 404 604)"'),
        ellipse({ x: 470, y: 600, rx: 32, ry: 17 }, 'fill="#fff" stroke="#8a5a14" stroke-width="3" transform="rotate(-28 470 600)"'),
        ellipse({ x: 438, y: 646, rx: 25, ry: 40 }, `fill="${c.linear([[0, '#f6b93a'], [1, '#d98e16']])}" stroke="#5c3708" stroke-width="3"`),
        `<path d="M415 632Q438 642 461 632M414 652Q438 662 462 652M420 670Q438 678 456 670" fill="none" stroke="#5c3708" stroke-width="8"/>`,
        `<circle cx="438" cy="600" r="14" fill="#5c3708"/><path d="M432 588Q424 572 414 570M444 588Q452 572 462 570" fill="none" stroke="#5c3708" stroke-width="3"/>`,
      ],
      { x: 440, y: 636 },
      6,
    ),
  );
  // Cloth lid, tied with string.
  c.add(
    path('M252 362C226 382 214 398 206 424C240 408 254 416 274 426C300 408 322 412 344 428C372 410 396 412 420 430C448 412 470 412 496 428C520 410 546 410 572 428C598 410 640 408 674 424C664 396 650 380 628 362Z', `fill="${c.linear([[0, '#c43a31'], [1, '#8d1f1f']])}" filter="${c.relief({ frequency: '.03 .012', height: 3 })}"`),
    path('M250 362C252 316 268 296 300 288C390 270 490 270 580 288C612 296 628 316 630 362C520 380 360 380 250 362Z', `fill="${c.radial([[0, '#f0796a'], [0.5, '#d2453a'], [1, '#8d1f1f']], { cx: 0.36, cy: 0.2, r: 0.8 })}" filter="${c.relief({ frequency: '.16 .16', height: 1, octaves: 1 })}"`),
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => `<circle cx="${290 + i * 38}" cy="${318 + (i % 2) * 26}" r="6.5" fill="#fff4e0" opacity=".85"/>`),
    `<path d="M248 362Q440 388 632 362" fill="none" stroke="#e9d7ab" stroke-width="11"/><path d="M248 368Q440 394 632 368" fill="none" stroke="#8e7440" stroke-width="2.5" opacity=".7"/>`,
  );
}

export function honey(): Canvas {
  const c = new Canvas(1000, 1000, 7);
  setStage(c, moods.straw);
  honeyJar(c);
  // Dipper with its thread of honey.
  const dip: string[] = [`<rect x="790" y="380" width="20" height="330" rx="9" fill="${c.linear([[0, '#e9bd80'], [0.5, '#c98f4f'], [1, '#8b5a2b']], { x1: 0, y1: 0, x2: 1, y2: 0 })}"/>`];
  for (let i = 0; i < 6; i++) {
    const rx = [30, 44, 50, 50, 44, 30][i]!;
    dip.push(`<ellipse cx="800" cy="${706 + i * 21}" rx="${rx}" ry="13" fill="${c.linear([[0, '#ffd776'], [0.5, '#e2961d'], [1, '#8c4d0b']], { x1: 0, y1: 0, x2: 1, y2: 0.4 })}"/>`);
  }
  dip.push(ellipse({ x: 780, y: 756, rx: 10, ry: 46 }, `fill="#fff3c4" opacity=".75" filter="${c.blur(5)}"`));
  c.add(
    ellipse({ x: 726, y: 880, rx: 152, ry: 40 }, `fill="#5c2f06" opacity=".5" filter="${c.blur(11)}"`),
    ellipse({ x: 722, y: 872, rx: 146, ry: 35 }, `fill="${c.radial([[0, '#ffd96a'], [0.6, '#f0a322'], [1, '#b76a0c']], { cx: 0.4, cy: 0.35, r: 0.65 })}"`),
    ellipse({ x: 680, y: 862, rx: 60, ry: 9 }, `fill="#fff" opacity=".7" filter="${c.blur(4)}"`),
    path('M738 792C742 826 738 850 722 876H764C750 850 752 826 764 798Z', `fill="${c.linear([[0, '#ffc23e'], [1, '#f0a322']])}"`),
    turned(dip, { x: 800, y: 700 }, 26),
    leaf(c, { x: 150, y: 846 }, { x: 300, y: 900 }, 62),
    leaf(c, { x: 140, y: 850 }, { x: 70, y: 930 }, 54),
    ...([[150, 838, 42], [222, 890, 36], [96, 882, 32]] as const).map(([x, y, r]) => blossom(c, { x, y }, r)),
  );
  finish(c);
  return c;
}

export function appleJuice(): Canvas {
  const c = new Canvas(1000, 1000, 19);
  setStage(c, moods.sage);
  const body = 'M352 250V384C352 424 278 446 270 520V790C270 828 294 842 326 842H474C506 842 530 828 530 790V520C522 446 448 424 448 384V250Z';
  const juice: readonly (readonly [number, string])[] = [[0, '#a9751c'], [0.16, '#e2ab3c'], [0.4, '#fbd982'], [0.62, '#f0bd4c'], [0.9, '#b9801f'], [1, '#835611']];
  c.add(
    shadow(c, { x: 402, y: 842, rx: 140, ry: 46 }),
    glow(c, { x: 610, y: 866, rx: 150, ry: 40 }, '#ffc94f'),
    path(body, `fill="${c.linear(juice, { x1: 0, y1: 0, x2: 1, y2: 0 })}"`),
    group(
      [
        `<rect x="250" y="240" width="300" height="112" fill="#eff4e2" opacity=".72"/>`,
        ellipse({ x: 400, y: 352, rx: 50, ry: 8 }, 'fill="#ffeebb"'),
        ellipse({ x: 380, y: 690, rx: 100, ry: 170 }, `fill="${c.radial([[0, '#fff6cf', 0.8], [1, '#ffe28a', 0]])}"`),
        `<rect x="290" y="500" width="20" height="310" rx="10" fill="#fff" opacity=".62" filter="${c.blur(4)}"/>`,
        `<rect x="362" y="256" width="11" height="130" rx="5" fill="#fff" opacity=".7" filter="${c.blur(2)}"/>`,
        `<rect x="504" y="520" width="11" height="280" rx="5" fill="#fff3cf" opacity=".55" filter="${c.blur(3)}"/>`,
      ],
      `clip-path="${c.clip(body)}"`,
    ),
    path(body, 'fill="none" stroke="#fffbe8" stroke-width="4" opacity=".6"'),
    `<rect x="342" y="212" width="116" height="42" rx="8" fill="${c.linear([[0, '#2c6a47'], [0.35, '#5aa077'], [1, '#173f29']], { x1: 0, y1: 0, x2: 1, y2: 0 })}"/>`,
    ...Array.from({ length: 11 }, (_, i) => `<rect x="${347 + i * 10}" y="216" width="3" height="34" fill="#0e2a1b" opacity=".4"/>`),
    // Label: an apple between two leaves.
    `<path d="M271 566Q400 588 529 566V738Q400 760 271 738Z" fill="${c.linear([[0, '#cfc29b'], [0.18, '#fdf8e9'], [0.75, '#f4ead0'], [1, '#bfae80']], { x1: 0, y1: 0, x2: 1, y2: 0 })}"/>`,
    `<path d="M271 580Q400 602 529 580M271 724Q400 746 529 724" fill="none" stroke="#2f6a45" stroke-width="4"/>`,
    path('M400 632C376 612 344 626 346 662C348 698 376 720 400 708C424 720 452 698 454 662C456 626 424 612 400 632Z', 'fill="#c8372d"'),
    path('M400 632C402 618 408 610 416 604', 'fill="none" stroke="#5c3a1c" stroke-width="5" stroke-linecap="round"'),
    path('M408 618C424 598 446 604 452 606C444 624 424 630 408 618Z', 'fill="#3f7d46"'),
    ellipse({ x: 368, y: 652, rx: 9, ry: 15 }, 'fill="#fff" opacity=".5"'),
  );
  const glass = 'M600 560L622 828C624 846 640 850 660 850H740C760 850 776 846 778 828L800 560Z';
  const fill = 'M608 640L622 828C624 846 640 850 660 850H740C760 850 776 846 778 828L792 640Z';
  c.add(
    shadow(c, { x: 700, y: 850, rx: 96, ry: 34 }),
    glow(c, { x: 860, y: 872, rx: 110, ry: 30 }, '#ffc94f'),
    path(glass, 'fill="#f4f8ee" opacity=".42"'),
    path(fill, `fill="${c.linear(juice, { x1: 0, y1: 0, x2: 1, y2: 0 })}"`),
    path(fill, `fill="${c.radial([[0, '#fff6cf', 0.75], [1, '#ffe28a', 0]], { cx: 0.45, cy: 0.5, r: 0.5 })}"`),
    ellipse({ x: 700, y: 640, rx: 92, ry: 19 }, `fill="${c.linear([[0, '#fff0bd'], [1, '#eabb55']])}"`),
    ellipse({ x: 700, y: 560, rx: 100, ry: 21 }, 'fill="none" stroke="#fff" stroke-width="4.5" opacity=".8"'),
    path(glass, 'fill="none" stroke="#fff" stroke-width="3.5" opacity=".6"'),
    path('M628 580L642 820', `fill="none" stroke="#fff" stroke-width="13" stroke-linecap="round" opacity=".6" filter="${c.blur(4)}"`),
    shadow(c, { x: 190, y: 888, rx: 110, ry: 30 }),
    halfApple(c, fuji, { x: 188, y: 780 }, 116, -10),
    leaf(c, { x: 560, y: 918 }, { x: 690, y: 898 }, 56),
  );
  finish(c);
  return c;
}
