// Owns which commands there are, their options, and opening the data folder for those that need it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { audienceMigrations } from '../audience/index.ts';
import { liveMigrations, Shows } from '../live/index.ts';
import { Auth } from '../platform/auth.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { Database } from '../platform/db/database.ts';
import { Bus } from '../platform/events.ts';
import { createLogger } from '../platform/log.ts';
import { derivedKey, tokenKey } from '../platform/token-key.ts';
import { createShop, type Shop, shopMigrations } from '../shop/index.ts';
import { type Answer, UsageError } from './answer.ts';
import { backup } from './backup.ts';
import { DATABASE } from './data-folder.ts';
import { erase } from './erase.ts';
import { importProducts } from './product.ts';
import { restore } from './restore.ts';
import { createShow, listShows } from './show.ts';
import { token } from './token.ts';

export const USAGE = `fieldcast <command> [--json]
  token --role viewer|host|helper|operator|coach [--show ID] [--ttl 1h]   a bearer token; host, helper and coach need --show
  show create --title TEXT [--host-name NAME]                       plan a show
  show list                                                         shows, newest first
  product import FILE.csv [--seller ID] [--preview]                 take in a table of products; --preview only says what would change
  erase --buyer PHONE                                               take a buyer out of all closed orders, by phone number
  backup DIR              a dated copy of database, pictures and certificates in DIR, also while the server runs
  restore DIR [--force]   put a backup (or the newest in DIR) back, server stopped; --force moves data that is there aside`;

/**
 * Runs one command of the command line.
 * @param env settings, as the server's.
 * @throws UsageError when the command line is wrong, ConfigError when a setting is, Error when the command fails.
 */
export async function runCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  const { values, positionals } = parse(argv);
  const config = readConfig(env);
  const { dataDir } = config;
  const [first, folder] = positionals;
  if (first === 'backup' || first === 'restore') {
    if (folder === undefined || positionals.length !== 2) throw new UsageError(`${first} needs one folder`);
    return first === 'backup' ? backup(dataDir, folder) : restore(dataDir, folder, { force: values.force ?? false });
  }
  if (first === 'product' && folder === 'import') {
    const [, , file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError('product import needs one file');
    return withData(dataDir, async ({ database, shop }) => importProducts(file, values, { shop, auth: new Auth(await tokenKey(database), systemClock), config }));
  }
  const command = positionals.join(' ');
  if (command === 'token') return withData(dataDir, async ({ database, shows }) => token(values, shows, new Auth(await tokenKey(database), systemClock)));
  if (command === 'show create') return withData(dataDir, ({ shop, shows }) => createShow(values, shows, shop));
  if (command === 'show list') return withData(dataDir, ({ shows }) => listShows(shows));
  if (command === 'erase') return withData(dataDir, ({ database }) => erase(values, database));
  throw new UsageError(command === '' ? 'a command is needed' : `there is no command "${command}"`);
}

async function withData(dataDir: string, use: (data: { database: Database; shop: Shop; shows: Shows }) => Promise<Answer>): Promise<Answer> {
  await mkdir(dataDir, { recursive: true });
  const log = createLogger('silent');
  const database = await Database.open(join(dataDir, DATABASE), [...shopMigrations, ...liveMigrations, ...audienceMigrations], log);
  try {
    const shop = createShop({ database, bus: new Bus(() => undefined), dataDir, clock: systemClock, log, buyerKey: derivedKey(await tokenKey(database), 'buyers of orders') });
    return await use({ database, shop, shows: new Shows({ database, sellers: shop.sellers, clock: systemClock }) });
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
        buyer: { type: 'string' },
        seller: { type: 'string' },
        preview: { type: 'boolean' },
        title: { type: 'string' },
        'host-name': { type: 'string' },
        force: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
