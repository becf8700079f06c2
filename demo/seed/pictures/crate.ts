// Owns the wooden crate that goods stand in.
import { type Canvas, type Point } from './canvas.ts';
import { shadow } from './stage.ts';

/** A crate whose front is `width` by `height` around `at`; `fill` draws what lies in it, between back and front. */
export function crate(c: Canvas, at: Point & { width: number; height: number }, fill: () => void): void {
  const left = at.x - at.width / 2;
  const top = at.y - at.height / 2;
  const wood = c.relief({ frequency: '.004 .09', height: 2.2, octaves: 4 });
  c.add(shadow(c, { x: at.x, y: top + at.height + 6, rx: at.width * 0.54, ry: 52 }));
  c.add(
    `<path d="M${left + 46} ${top - 120}H${left + at.width - 46}L${left + at.width} ${top + 30}H${left}Z" fill="${c.linear([[0, '#7b4f2a'], [1, '#3b2210']])}"/>`,
  );
  fill();
  const slat = at.height / 3;
  for (let i = 0; i < 3; i++) {
    const y = top + i * slat;
    c.add(
      `<rect x="${left}" y="${y + 5}" width="${at.width}" height="${slat - 10}" rx="5" fill="${c.linear([[0, '#eecb97'], [0.12, '#dcae74'], [0.85, '#c48f55'], [1, '#8e5f33']])}" filter="${wood}"/>`,
      `<rect x="${left}" y="${y + slat - 8}" width="${at.width}" height="12" fill="#1f0f05" opacity=".5" filter="${c.blur(4)}"/>`,
    );
  }
  for (const x of [left + 12, left + at.width - 82]) {
    c.add(
      `<rect x="${x + 8}" y="${top - 4}" width="72" height="${at.height + 8}" fill="#2a1608" opacity=".4" filter="${c.blur(6)}"/>`,
      `<rect x="${x}" y="${top - 8}" width="70" height="${at.height + 14}" rx="6" fill="${c.linear([[0, '#f3d5a6'], [0.6, '#d3a067'], [1, '#a87341']], { x1: 0, y1: 0, x2: 1, y2: 1 })}" filter="${c.relief({ frequency: '.09 .005', height: 2, octaves: 4 })}"/>`,
    );
    for (let i = 0; i < 3; i++) {
      c.add(`<circle cx="${x + 35}" cy="${top + (i + 0.5) * slat}" r="6.5" fill="${c.radial([[0, '#d9d2c6'], [1, '#4b4540']], { fx: 0.35, fy: 0.3 })}"/>`);
    }
  }
  // Light from the upper left dies away along the front.
  c.add(`<rect x="${left}" y="${top - 8}" width="${at.width}" height="${at.height + 14}" rx="6" fill="${c.linear([[0, '#fff2d6', 0.22], [0.45, '#fff2d6', 0], [1, '#28130a', 0.42]], { x1: 0, y1: 0, x2: 1, y2: 0.35 })}"/>`);
}
