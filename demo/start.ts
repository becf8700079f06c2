// Owns `npm start` after the set-up: the server of this process, the demo's goods on the first start, and the addresses to open.
import { renderUnicodeCompact } from 'uqr';
import { newId } from '../server/protocol/index.ts';
import { run } from '../server/main.ts';
import { seed } from './seed.ts';

const app = await run();
console.log(`\nFieldcast is running at ${app.url}`);

// Goods that nobody grows have no place on a server with a public name.
const isLocal = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|$)/.test(app.url);
const lines: [label: string, value: string][] = [];
if (isLocal) {
  try {
    const operatorToken = await app.issueToken({ role: 'operator', identity: newId('per'), name: 'seed' }, 15 * 60_000);
    const { farmerLink } = await seed({ url: app.url, operatorToken, onProgress });
    lines.push(['Shop page', `${app.url}/demo/shop.html`]);
    if (farmerLink) lines.push(['Farmer goes live', `${farmerLink}  (works once)`]);
  } catch (error) {
    console.error(`fieldcast: the server runs, but the demo's goods could not be added: ${error instanceof Error ? error.message : String(error)}`);
  }
}
lines.push(['Operator signs in', `${await app.createOperatorLink()}  (works once)`]);
lines.push(['All demo pages', `${app.url}/demo/`]);
if (app.newOperatorSecret) lines.push(['Operator secret', `${app.newOperatorSecret}  (shown this once, keep it)`]);

const trust = app.trust();
if (trust) lines.push(['Phones trust it at', `${trust.url}  (once each; the QR code below)`], ['Fingerprint', trust.fingerprint]);

const width = Math.max(...lines.map(([label]) => label.length));
console.log('');
for (const [label, value] of lines) console.log(`  ${label.padEnd(width)}  ${value}`);
if (trust) console.log(`\n${renderUnicodeCompact(trust.url)}`);
console.log('\nStop it with Ctrl+C.\n');

function onProgress(done: number, of: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\rDrawing the demo shop: ${done} of ${of}${done === of ? '\n' : ''}`);
  else if (done % 4 === 0) console.log(`Drawing the demo shop: ${done} of ${of}`);
}
