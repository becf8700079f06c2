// Owns `npm run bench -- NAME [--json]`: set-up, one family of measurements or all, a table, and the machine it ran on.
import { existsSync, readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, setupOrExit } from './setup.mjs';
import { benchLine, figureTable } from './bench-table.mjs';

const SUFFIX = '.bench.ts';
/** Takes an hour or more, so it is only run when it is asked for. */
const ALONE = 'soak';
const json = process.argv.includes('--json');
const [name] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const source = join(ROOT, 'test', 'bench');
const families = existsSync(source)
  ? readdirSync(source).filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length)).sort()
  : [];
if (!name || (name !== 'all' && !families.includes(name))) {
  console.error(`Usage: npm run bench -- NAME [--json]   NAME is one of: ${[...families, 'all'].join(', ')}`);
  process.exit(2);
}

const { workerBin, browser } = await setupOrExit({ needs: ['packages', 'browser', 'worker', 'build'] });
process.env.MEDIASOUP_WORKER_BIN = workerBin;
process.env.CHROMIUM_BIN = browser;

const figures = [];
for (const family of name === 'all' ? families.filter((each) => each !== ALONE) : [name]) {
  console.log(`\nBench ${family}`);
  const { bench } = await import(pathToFileURL(join(ROOT, 'dist', 'test', 'bench', `${family}.bench.js`)).href);
  let measured;
  try {
    measured = await bench();
  } catch (error) {
    console.error(error);
    measured = [{ name: 'ran to its end', value: 0, unit: '', goal: 1, ok: false }];
  }
  console.log(figureTable(measured));
  figures.push(...measured.map((figure) => (name === 'all' ? { ...figure, name: `${family}: ${figure.name}` } : figure)));
}

const [cpu] = cpus();
console.log(`\nMeasured on ${cpus().length} x ${cpu?.model.trim() ?? process.arch}, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, Node.js ${process.versions.node}, loopback only`);
const line = json ? `${benchLine(name, figures)}\n` : '';
// A family may leave a browser or a socket open; the figures are in, so the process ends here.
process.stdout.write(line, () => process.exit(figures.every(({ ok }) => ok) ? 0 : 1));
