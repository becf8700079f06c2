// Owns pictures as they are kept: one WebP file per width under the data folder, and a row that says they are there.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import * as v from 'valibot';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Logger } from '../platform/log.ts';
import { writeWhole } from '../platform/whole-file.ts';
import { id as idSchema } from '../protocol/ids.ts';
import { type Picture, pictureWidths } from '../protocol/shop.ts';
import { encodePicture } from './picture-encoding.ts';
import type { ShopTables } from './schema.ts';

// Part of the id: pictures encoded in another way are other pictures, because theirs are cached for ever.
const ENCODING = 'webp-1';

export class Pictures {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #folder: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: { database: Database; dataDir: string; clock: Clock; log: Logger }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#folder = join(deps.dataDir, 'pictures');
  }

  /** Keeps a JPEG, PNG or WebP in all widths; the same bytes get the same id. @throws FieldcastError `picture.unreadable`. */
  add(bytes: Uint8Array): Promise<Picture> {
    // One at a time: four uploads at once would decode 200 MB each and take the cores from media.
    const turn = this.#last.then(() => this.#add(bytes));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** The WebP of a kept width, or undefined when there is none. */
  async read(id: string, width: number): Promise<Uint8Array | undefined> {
    if (!v.is(idSchema, id) || !pictureWidths.some((each) => each === width)) return undefined;
    try {
      return await readFile(this.#file(id, width));
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async exists(id: string): Promise<boolean> {
    return (await this.#find(id)) !== undefined;
  }

  /**
   * Erases those that nothing shows any more. Which columns name pictures the database itself knows: those that end in `picture_id`.
   * @param since ms since epoch: what was kept before is left alone, whoever shows it
   */
  async eraseUnused(ids: readonly string[], since: number): Promise<void> {
    // In turn with those that are added: the same picture may come again meanwhile.
    const turn = this.#last.then(() => this.#eraseUnused(ids, since));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #eraseUnused(ids: readonly string[], since: number): Promise<void> {
    if (ids.length === 0) return;
    const erased = await this.#database.write<ShopTables, { id: string }[]>(async (transaction) => {
      const { rows } = await sql<{ table: string; column: string }>`
        select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and c.name like '%picture_id'`.execute(transaction);
      const isShown = sql.join(rows.map(({ table, column }) => sql`exists (select 1 from ${sql.table(table)} where ${sql.ref(column)} = pictures.id)`), sql` or `);
      return transaction.deleteFrom('pictures').where('id', 'in', ids).where('created_at', '>=', since).where(sql<boolean>`not (${isShown})`).returning('id').execute();
    });
    for (const { id } of erased) for (const width of pictureWidths) await rm(this.#file(id, width), { force: true });
  }

  async #add(bytes: Uint8Array): Promise<Picture> {
    const digest = createHash('sha256').update(ENCODING).update(bytes).digest('hex');
    const id = `pic_${digest.slice(0, 32)}`;
    const known = await this.#find(id);
    if (known) return known;

    const startedAt = performance.now();
    const { width, height, versions } = await encodePicture(bytes);
    await mkdir(this.#folder, { recursive: true });
    for (const version of versions) await writeWhole(this.#file(id, version.width), version.webp);
    // The row comes last: a picture that is known is complete.
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const row = { id, width, height, created_at: this.#clock.now() };
      await transaction.insertInto('pictures').values(row).execute();
    });
    this.#log.debug({ pictureId: id, bytes: bytes.length, ms: Math.round(performance.now() - startedAt) }, 'picture kept');
    return { id, width, height };
  }

  #find(id: string): Promise<Picture | undefined> {
    const query = this.#database.read<ShopTables>().selectFrom('pictures').select(['id', 'width', 'height']);
    return query.where('id', '=', id).executeTakeFirst();
  }

  #file(id: string, width: number): string {
    return join(this.#folder, `${id}-${width}.webp`);
  }
}
