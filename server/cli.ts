// Owns the command line: `fieldcast <command>` works on the data folder of a server, running or not.
// Exit code: 0 done, 1 failed, 2 used wrongly.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { type Claims, role } from './protocol/access.ts';
import { newId } from './protocol/ids.ts';
import { showRequest } from './protocol/show.ts';
import { liveMigrations, Shows } from './live/index.ts';
import { Auth } from './platform/auth.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig } from './platform/config.ts';
import { Database } from './platform/db/database.ts';
import { Bus } from './platform/events.ts';
import { createLogger } from './platform/log.ts';
import { tokenKey } from './platform/token-key.ts';
import { createShop, shopMigrations } from './shop/index.ts';

const USAGE = `fieldcast <command> [--json]
  token --role viewer|host|helper|operator [--show ID] [--ttl 1h]   a bearer token; host and helper need --show
  show create --title TEXT [--host-name NAME]                       plan a show
  show list                                                         shows, newest first
  backup DIR                                                        a consistent copy of the database, also while the server runs`;

class UsageError extends Error {}

/** Runs one command. @returns what to print: `text` for people, `json` for `--json`. */
async function run(argv: readonly string[]): Promise<{ text: string; json: object }> {
  const { values, positionals } = parse(argv);
  const command = positionals.join(' ');
  const config = readConfig(process.env);
  await mkdir(config.dataDir, { recursive: true });
  const log = createLogger('silent');
  const database = await Database.open(join(config.dataDir, 'fieldcast.sqlite'), [...shopMigrations, ...liveMigrations], log);
  try {
    const shop = createShop({ database, bus: new Bus(() => undefined), dataDir: config.dataDir, clock: systemClock, log });
    const shows = new Shows({ database, sellers: shop.sellers, clock: systemClock });
    if (command === 'token') return await token(values, shows, new Auth(await tokenKey(database), systemClock));
    if (command === 'show create') {
      const request = v.safeParse(showRequest, { title: values['title'], hostName: values['host-name'] ?? 'Host' });
      if (!request.success) throw new UsageError('show create needs --title of 1 to 80 characters');
      const seller = (await shop.sellers.first()) ?? (await shop.sellers.create({ name: 'My shop', currency: 'CNY' }));
      const show = await shows.create({ ...request.output, sellerId: seller.id }, undefined);
      return { text: `${show.id}  ${show.title}`, json: show };
    }
    if (command === 'show list') {
      const list = await shows.list({ limit: 200 });
      return { text: list.map((show) => `${show.id}  ${show.status.padEnd(7)}  ${show.title}`).join('\n'), json: { shows: list } };
    }
    if (positionals[0] === 'backup' && positionals[1] && positionals.length === 2) {
      const file = join(positionals[1], `fieldcast-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.sqlite`);
      await mkdir(positionals[1], { recursive: true });
      await database.copyTo(file);
      return { text: file, json: { file } };
    }
    throw new UsageError(command === '' ? 'a command is needed' : `there is no command "${command}"`);
  } finally {
    await database.close();
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        role: { type: 'string' },
        show: { type: 'string' },
        ttl: { type: 'string' },
        title: { type: 'string' },
        'host-name': { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function token(values: { role?: string; show?: string; ttl?: string }, shows: Shows, auth: Auth): Promise<{ text: string; json: object }> {
  const who = v.safeParse(role, values.role);
  if (!who.success) throw new UsageError('token needs --role viewer, host, helper or operator');
  const claims: Claims = { role: who.output, identity: newId(who.output === 'viewer' ? 'vwr' : 'per') };
  if (who.output === 'host' || who.output === 'helper') {
    const show = values.show === undefined ? undefined : await shows.find(values.show);
    if (!show) throw new UsageError(`token --role ${who.output} needs --show with the id of a show; see "show list"`);
    claims.showId = show.id;
    if (who.output === 'host') claims.identity = show.hostId;
  }
  const ttlMs = duration(values.ttl ?? '1h');
  const signed = await auth.sign(claims, ttlMs);
  return { text: signed, json: { token: signed, ...claims, expiresAt: Date.now() + ttlMs } };
}

/** `90s`, `15m`, `1h`, `30d` in ms. */
function duration(text: string): number {
  const match = /^(\d{1,5})([smhd])$/.exec(text);
  if (!match) throw new UsageError(`--ttl: got "${text}", takes a number with s, m, h or d, such as 15m`);
  const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] as 's' | 'm' | 'h' | 'd'];
  return Number(match[1]) * unitMs;
}

const argv = process.argv.slice(2);
try {
  const { text, json } = await run(argv);
  console.log(argv.includes('--json') ? JSON.stringify(json) : text);
} catch (error) {
  console.error(`fieldcast: ${(error as Error).message}`);
  if (error instanceof UsageError) console.error(USAGE);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
