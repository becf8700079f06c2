// docs/analytics.md and the code say the same of every figure and every suggestion.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { suggestionKinds } from '../../../server/protocol/analytics.ts';
import { countNames, type Figure, figureNames, figures } from '../../../server/protocol/figures.ts';

const docs = readFileSync(join(import.meta.dirname, '../../../docs/analytics.md'), 'utf8');
const section = docs.split('## Every figure')[1]?.split('\n## ')[0] ?? '';
const table = section.split('\n').filter((line) => line.startsWith('| `'));

describe('the table of figures', () => {
  it('stands in the docs as it is in the code, row by row', () => {
    expect(table).toEqual(
      figureNames.map((id) => {
        const { name, formula, unit, window, by = [] }: Figure = figures[id];
        return `| \`${id}\` | ${name} | ${formula} | ${unit} | ${window} | ${by.join(', ')} |`;
      }),
    );
  });

  it('divides only by what is counted', () => {
    const counted: readonly string[] = countNames;
    const wrong = figureNames.filter((id) => {
      const figure: Figure = figures[id];
      return figure.kind === 'ratio' && !(counted.includes(figure.of) && counted.includes(figure.per));
    });
    expect(wrong).toEqual([]);
  });
});

it('the docs name every kind of suggestion', () => {
  expect(suggestionKinds.filter((kind) => !docs.includes(`| \`${kind}\` |`))).toEqual([]);
});
