// Owns reading JSON that a person has written: what it says, and on which line each part of it stands. Pure.
import type { ScenarioFault } from '../../protocol/scenario-limits.ts';

/** As `JSON.parse` answers it, but no name of an object can reach its prototype. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Names and indexes from the root down. */
export type JsonPath = readonly (string | number)[];

export interface JsonText {
  value: Json;
  /** Line of a part, from 1; that of the nearest part above it where there is none. */
  lineOf(path: JsonPath): number;
}

export class JsonFault extends Error {
  readonly line: number;
  readonly fault: Extract<ScenarioFault, 'not-json' | 'too-deep' | 'duplicate-field'>;
  /** Name of the field that is there twice; else what stands in the way, shortened. */
  readonly near: string;

  constructor(line: number, fault: JsonFault['fault'], near: string) {
    super(`line ${line}: ${fault}`);
    this.line = line;
    this.fault = fault;
    this.near = near;
  }
}

/** A scenario has four; a file of a thousand brackets is none. */
const DEEPEST = 8;

// oxlint-disable-next-line no-control-regex
const TOKEN = /[ \t\r\n]*(?:(?<punctuation>[{}[\],:])|(?<string>"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>true|false|null)\b)/y;

/** @throws JsonFault on the first thing that is wrong. */
export function readJson(source: string): JsonText {
  const text = source.replace(/^\ufeff/, '');
  const lines = new Map<string, number>();
  let position = 0;
  let line = 1;
  let token = '';
  next();
  const value = read([], 0);
  if (token !== '') throw wrong();
  return {
    value,
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const found = lines.get(keyOf(path.slice(0, length)));
        if (found !== undefined) return found;
      }
      return 1;
    },
  };

  function wrong(): JsonFault {
    return new JsonFault(line, 'not-json', token.slice(0, 20));
  }

  function isAt(sign: string): boolean {
    return token === sign;
  }

  /** Moves on to the next token; an empty one is the end. */
  function next(): void {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (!match) {
      const rest = text.slice(position);
      const blank = /^[ \t\r\n]*/.exec(rest)?.[0] ?? '';
      line += breaksIn(blank);
      token = rest.slice(blank.length, blank.length + 20).split(/\s/, 1)[0] ?? '';
      if (token !== '') throw wrong();
      return;
    }
    line += breaksIn(match[0]);
    position = TOKEN.lastIndex;
    token = match[0].trimStart();
  }

  function read(path: JsonPath, depth: number): Json {
    if (depth > DEEPEST) throw new JsonFault(line, 'too-deep', '');
    if (!lines.has(keyOf(path))) lines.set(keyOf(path), line);
    if (token === '{') return readObject(path, depth);
    if (token === '[') return readArray(path, depth);
    if (token === '' || /^[}\],:]$/.test(token)) throw wrong();
    const value = JSON.parse(token) as Json;
    next();
    return value;
  }

  function readObject(path: JsonPath, depth: number): Json {
    const entries = new Map<string, Json>();
    next();
    while (!isAt('}')) {
      if (!token.startsWith('"')) throw wrong();
      const name = JSON.parse(token) as string;
      if (entries.has(name)) throw new JsonFault(line, 'duplicate-field', name.slice(0, 40));
      // Where it is named, not where its value begins.
      lines.set(keyOf([...path, name]), line);
      next();
      if (token !== ':') throw wrong();
      next();
      entries.set(name, read([...path, name], depth + 1));
      separator('}');
    }
    next();
    return Object.fromEntries(entries);
  }

  function readArray(path: JsonPath, depth: number): Json {
    const items: Json[] = [];
    next();
    while (!isAt(']')) {
      items.push(read([...path, items.length], depth + 1));
      separator(']');
    }
    next();
    return items;
  }

  /** A comma with something after it, or the end. */
  function separator(end: string): void {
    if (isAt(end)) return;
    if (!isAt(',')) throw wrong();
    next();
    if (isAt(end)) throw wrong();
  }
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}

function breaksIn(text: string): number {
  return text.match(/\n/g)?.length ?? 0;
}
