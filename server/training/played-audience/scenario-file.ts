// Owns reading a scenario out of a file: all that is wrong with it, each with its line. Pure.
import * as v from 'valibot';
import { SCENARIO_BYTES_MOST, type ScenarioFault } from '../../protocol/scenario-limits.ts';
import { type Scenario, scenario } from '../../protocol/scenario.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { JsonFault, type JsonPath, readJson } from './json-lines.ts';

export interface Fault {
  /** From 1. */
  line: number;
  fault: ScenarioFault;
  /** Names and indexes with dots between; empty for the file as a whole. */
  field: string;
}

/** Whoever wrote more than this wrong starts with the first. */
const FAULTS_TOLD = 20;

/** @throws FieldcastError `scenario.invalid`: the first fault in `params` (`line`, `fault`, `field`), all in `issues`. */
export function readScenario(text: string): Scenario {
  const outcome = checkScenario(text);
  if ('scenario' in outcome) return outcome.scenario;
  const [first = { line: 1, fault: 'not-json', field: '' }] = outcome.faults;
  throw new FieldcastError('scenario.invalid', `Line ${first.line} of the scenario is wrong: ${first.fault} ${first.field}`.trim(), {
    params: { line: first.line, fault: first.fault, field: first.field },
    issues: outcome.faults.map(({ line, fault, field }) => ({ path: `${line}:${field}`, message: fault })),
  });
}

export function checkScenario(text: string): { scenario: Scenario } | { faults: Fault[] } {
  if (Buffer.byteLength(text) > SCENARIO_BYTES_MOST) return { faults: [{ line: 1, fault: 'too-long', field: '' }] };
  try {
    const { value, lineOf } = readJson(text);
    const outcome = v.safeParse(scenario, value);
    if (outcome.success) return { scenario: outcome.output };
    const faults = outcome.issues.flatMap(deepest).map((issue) => {
      const path = (issue.path ?? []).map(({ key }) => key as string | number);
      return { line: lineOf(path), fault: faultOf(issue), field: fieldOf(path) };
    });
    return { faults: faults.sort((a, b) => a.line - b.line).slice(0, FAULTS_TOLD) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { faults: [{ line: error.line, fault: error.fault, field: error.near }] };
  }
}

type Issue = v.BaseIssue<unknown>;

/** What a person meant by a text of one or of two languages is told by what they wrote: the rest of a union says nothing. */
function deepest(issue: Issue): Issue[] {
  const inner = issue.type === 'union' ? (issue.issues ?? []) : [];
  const [best] = inner.toSorted((a, b) => depthOf(b) - depthOf(a) || rank(b) - rank(a));
  if (!best) return [issue];
  return [{ ...best, path: [...(issue.path ?? []), ...(best.path ?? [])] } as Issue];
}

function depthOf(issue: Issue): number {
  return issue.path?.length ?? 0;
}

/** A text that is too long was meant to be one; an object that is no text was not. */
function rank({ kind }: Issue): number {
  return kind === 'validation' ? 1 : 0;
}

function faultOf(issue: Issue): ScenarioFault {
  if (issue.type === 'strict_object') {
    if (issue.expected === 'never') return 'unknown-field';
    if (issue.received === 'undefined') return 'missing-field';
  }
  if (issue.type === 'max_length') return Array.isArray(issue.input) ? 'too-many' : 'too-long';
  return 'wrong-value';
}

function fieldOf(path: JsonPath): string {
  // A name in a file may be as long as the file.
  return path.map((part) => String(part).slice(0, 40)).join('.');
}
