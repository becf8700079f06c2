// Owns the check that a trainer's file is read, or refused with the lines that are wrong; whatever is in it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldcastError } from '../../../../server/platform/errors.ts';
import { readJson } from '../../../../server/training/played-audience/json-lines.ts';
import { checkScenario, readScenario } from '../../../../server/training/played-audience/scenario-file.ts';

const folder = fileURLToPath(new URL('../../../../server/training/scenarios', import.meta.url));

const faultsOf = (text: string) => {
  const outcome = checkScenario(text);
  return 'faults' in outcome ? outcome.faults : [];
};

describe('a scenario file', () => {
  it.each(readdirSync(folder))('that comes with the server is right: %s', (name) => {
    expect(faultsOf(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });

  it('is told what is wrong with it, line by line', () => {
    const text = `{
  "name": "Mine",
  "stage": "expert",
  "minutes": 500,
  "viewrs": { "start": 1, "end": 2 },
  "acts": [
    { "at": "1:00", "act": "question" },
    { "at": "later",
      "act": "troll" },
    { "act": "haggle" },
    { "at": "2:00", "act": "burst", "viewers": 1e9 },
    { "at": "3:00", "act": "explode" },
    { "at": "4:00", "act": "say", "text": { "en": "only one language" } }
  ]
}`;
    expect(faultsOf(text)).toEqual([
      { line: 3, fault: 'wrong-value', field: 'stage' },
      { line: 4, fault: 'wrong-value', field: 'minutes' },
      { line: 5, fault: 'unknown-field', field: 'viewrs' },
      { line: 8, fault: 'wrong-value', field: 'acts.1.at' },
      { line: 10, fault: 'missing-field', field: 'acts.2.at' },
      { line: 11, fault: 'wrong-value', field: 'acts.3.viewers' },
      { line: 12, fault: 'wrong-value', field: 'acts.4.act' },
      { line: 13, fault: 'missing-field', field: 'acts.5.text.zh-CN' },
    ]);
  });

  it.each([
    ['{\n "name": "x",\n "stage": "never",\n}', 4, 'not-json'],
    ['{\n "name": "x"\n "stage": "never" }', 3, 'not-json'],
    ['{ "name": "x",\n\n "name": "y" }', 3, 'duplicate-field'],
    ['hello', 1, 'not-json'],
    ['', 1, 'not-json'],
    ['{"name":"x","stage":"never"} {}', 1, 'not-json'],
    ["{'name':'x'}", 1, 'not-json'],
    [`{"name":\n${'['.repeat(5000)}`, 2, 'too-deep'],
    [`{"name":"${'a'.repeat(70_000)}"}`, 1, 'too-long'],
    [`{"name":"x","stage":"never","acts":[\n${'{"at":"1:00","act":"like"},'.repeat(250)}{"at":"1:00","act":"like"}]}`, 1, 'too-many'],
    ['{"name":\n"a\\u0000b\\u202ec","stage":"never"}', 1, 'wrong-value'],
    ['{"__proto__": {"isAdmin": true},\n"name":"x","stage":"never"}', 1, 'unknown-field'],
    ['{"name":"x","stage":"never",\n"constructor":{}}', 2, 'unknown-field'],
    ['[]', 1, 'missing-field'],
    ['null', 1, 'wrong-value'],
  ])('is refused at its line: %#', (text, line, fault) => {
    expect(faultsOf(text)[0]).toMatchObject({ line, fault });
  });

  it('is refused for callers with its first line in the parameters and all in the issues', () => {
    const refusal = (() => {
      try {
        return readScenario('{\n"name": "x",\n"stage": 1,\n"minutes": "ten" }');
      } catch (error) {
        return error instanceof FieldcastError ? error.toProblem() : error;
      }
    })();
    expect(refusal).toMatchObject({
      code: 'scenario.invalid',
      params: { line: 3, fault: 'wrong-value', field: 'stage' },
      issues: [{ path: '3:stage', message: 'wrong-value' }, { path: '4:minutes', message: 'wrong-value' }],
    });
  });

  it('changes nobody else by what it names', () => {
    checkScenario('{"__proto__": {"polluted": 1}}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('never makes the reader fail otherwise', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.json().map((text) => text.slice(0, -1))), (text) => {
        expect(Object.keys(checkScenario(text))).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });

  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(JSON.stringify(readJson(text).value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 60 },
    );
  });
});
