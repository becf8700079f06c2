// Owns the rules of docs/architecture.md as code: direction of imports, no cycles, one reader of the environment, file headers, true docs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands, endpoints, errorStatus, events } from '../server/protocol/index.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = filesIn(['server', 'web-components', 'demo'], '.ts').filter((file) => !file.endsWith('vite.config.ts'));
const text = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

const SERVER_LAYERS: Record<string, number> = { protocol: 0, platform: 1, media: 2, shop: 2, live: 3, audience: 4, analytics: 4, training: 5 };
const BROWSER_LAYERS: Record<string, number> = { ui: 1, i18n: 1, show: 2, playback: 2, publish: 2, telemetry: 2, voice: 2, following: 2, live: 4 };

function filesIn(folders: string[], ending: string): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith(ending))
    .sort();
}

function importsOf(file: string): string[] {
  const source = text.get(file) as string;
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path]) => normalize(join(dirname(file), path as string)));
}

function layerOf(file: string): { module: string; layer: number } {
  const [top, folder, ...rest] = file.split('/');
  if (top === 'server') {
    if (folder === undefined || rest.length === 0) return { module: file, layer: 6 };
    return { module: `server/${folder}`, layer: SERVER_LAYERS[folder] ?? 6 };
  }
  if (top === 'web-components') {
    if (folder === undefined || rest.length === 0) return { module: file, layer: 5 };
    return { module: `web-components/${folder}`, layer: BROWSER_LAYERS[folder] ?? 3 };
  }
  return { module: 'demo', layer: 9 };
}

describe('the structure of the code', () => {
  it('imports only from lower layers or from its own module', () => {
    const wrong: string[] = [];
    for (const [file, targets] of imports) {
      const own = layerOf(file);
      for (const target of targets) {
        const other = layerOf(target);
        const isOwn = own.module === other.module;
        const isContract = target.startsWith('server/protocol/');
        const crosses = file.split('/')[0] !== target.split('/')[0] && !isContract && own.layer < 9;
        // Modules of one layer do not meet; the parts that elements share may use each other.
        const isSibling = own.layer === other.layer && !isOwn && own.layer !== 6 && !(own.layer <= 2 && file.startsWith('web-components'));
        if (crosses || other.layer > own.layer || isSibling) wrong.push(`${file} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('enters a server module through its index only', () => {
    const wrong: string[] = [];
    for (const [file, targets] of imports) {
      for (const target of targets) {
        const [top, module, ...rest] = target.split('/');
        const isModule = top === 'server' && module !== undefined && ['media', 'shop', 'live', 'audience', 'analytics', 'training'].includes(module);
        if (isModule && !file.startsWith(`server/${module}/`) && rest.join('/') !== 'index.ts') wrong.push(`${file} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has no import cycle, type imports included', () => {
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const target of imports.get(file) ?? []) visit(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = files.filter((file) => /process\.env/.test(text.get(file) as string));
    expect(readers.filter((file) => !['server/main.ts', 'server/cli.ts', 'demo/start.ts'].includes(file))).toEqual([]);
  });

  it('says in the first line of each file what it owns', () => {
    expect(files.filter((file) => !/^(#!.*\n)?(\/\/|\/\*\*?) ?.{15,}/.test(text.get(file) as string))).toEqual([]);
  });

  it('names in its docs only files that exist', () => {
    const docs = ['README.md', ...filesIn(['docs'], '.md')];
    const missing: string[] = [];
    for (const doc of docs) {
      const source = readFileSync(join(root, doc), 'utf8');
      for (const [, path] of source.matchAll(/`((?:server|web-components|demo|test|scripts|docs)\/[\w./-]+\.\w+)`/g)) {
        if (!existsSync(join(root, path as string))) missing.push(`${doc}: ${path}`);
      }
      for (const [, path] of source.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
        if (!existsSync(join(root, dirname(doc), path as string))) missing.push(`${doc}: ${path}`);
      }
    }
    expect(missing).toEqual([]);
  });
});

describe('docs/protocol.md', () => {
  const source = readFileSync(join(root, 'docs/protocol.md'), 'utf8');
  const paths = Object.values(endpoints).flatMap((each) => (typeof each === 'object' ? [`${each.method} ${each.path}`] : []));

  it.each([...paths, ...Object.keys(commands), ...Object.keys(events), ...Object.keys(errorStatus)])('tells of %s', (name) => {
    expect(source).toContain(`\`${name}\``);
  });
});

describe('the table of errors', () => {
  it('has no code that nobody answers with', () => {
    const server = files.filter((file) => file.startsWith('server/') && !file.startsWith('server/protocol/'));
    const unused = Object.keys(errorStatus).filter((code) => !server.some((file) => text.get(file)?.includes(`'${code}'`)));
    expect(unused).toEqual([]);
  });
});
