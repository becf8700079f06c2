// Owns the files of classes: what is taken, where it lies, and that it goes with its class.
import { mkdir, readFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { writeWhole } from '../../platform/whole-file.ts';
import { CLASS_LIMITS, type MaterialType } from '../../protocol/classes.ts';
import { newId } from '../../protocol/ids.ts';
import { materialTypeOf, truthfulName } from './material-type.ts';
import type { ClassTables } from './tables.ts';

/** A class opens the same file at once: for so long it is read once and given to everybody. */
const SHARED_MS = 60_000;

export class Materials {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #folder: string;
  readonly #reserveBytes: number;
  #shared: { id: string; bytes: Promise<Uint8Array | undefined> } | null = null;
  #cancel: () => void = () => undefined;

  /** @param deps.reserveBytes room on the disk that stays free */
  constructor(deps: { database: Database; clock: Clock; dataDir: string; reserveBytes: number }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#folder = join(deps.dataDir, 'materials');
    this.#reserveBytes = deps.reserveBytes;
  }

  /** @throws FieldcastError `material.refused`, `storage.unavailable`. */
  async add(classId: string, name: string, bytes: Uint8Array): Promise<void> {
    const type = materialTypeOf(bytes);
    if (!type) throw new FieldcastError('material.refused', 'Only PDF, JPEG, PNG, WebP, MP4 and plain text are taken.', { params: { reason: 'type' } });
    await mkdir(this.#folder, { recursive: true });
    const disk = await statfs(this.#folder);
    if (disk.bavail * disk.bsize < this.#reserveBytes + bytes.length) throw new FieldcastError('storage.unavailable', 'The disk is nearly full.');
    const id = newId('mat');
    // The file first: what is in the list can be read.
    await writeWhole(this.#file(id), bytes);
    try {
      await this.#database.write<ClassTables, void>(async (transaction) => {
        const { count, sum } = await transaction
          .selectFrom('materials')
          .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.coalesce(eb.fn.sum<number>('bytes'), eb.lit(0)).as('sum')])
          .where('class_id', '=', classId)
          .executeTakeFirstOrThrow();
        if (count >= CLASS_LIMITS.materials) throw new FieldcastError('material.refused', 'A class has so many files at most.', { params: { reason: 'count' } });
        if (sum + bytes.length > CLASS_LIMITS.classBytes) throw new FieldcastError('material.refused', 'The files of this class are too large together.', { params: { reason: 'bytes' } });
        await transaction.insertInto('materials').values({ id, class_id: classId, name: truthfulName(name, type), type, bytes: bytes.length, added_at: this.#clock.now() }).execute();
      });
    } catch (error) {
      await rm(this.#file(id), { force: true });
      throw error;
    }
  }

  async find(materialId: string): Promise<{ classId: string; name: string; type: MaterialType } | undefined> {
    const row = await this.#database.read<ClassTables>().selectFrom('materials').selectAll().where('id', '=', materialId).executeTakeFirst();
    return row && { classId: row.class_id, name: row.name, type: row.type };
  }

  /** @throws FieldcastError `not-found`. */
  async read(materialId: string): Promise<Uint8Array> {
    const bytes = await this.#bytes(materialId);
    if (!bytes) throw new FieldcastError('not-found', 'There is no such file.');
    return bytes;
  }

  async remove(materialId: string): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.deleteFrom('materials').where('id', '=', materialId).execute();
    });
    if (this.#shared?.id === materialId) this.close();
    await rm(this.#file(materialId), { force: true });
  }

  /** All files of a class. */
  async removeOf(classId: string): Promise<void> {
    const rows = await this.#database.read<ClassTables>().selectFrom('materials').select('id').where('class_id', '=', classId).execute();
    for (const { id } of rows) await this.remove(id);
  }

  close(): void {
    this.#cancel();
    this.#shared = null;
  }

  // Thirty phones on a slow network would else hold thirty copies of 20 MB.
  #bytes(id: string): Promise<Uint8Array | undefined> {
    if (this.#shared?.id !== id) {
      this.close();
      this.#shared = { id, bytes: readFile(this.#file(id)).catch(() => undefined) };
      this.#cancel = this.#clock.after(SHARED_MS, () => (this.#shared = null));
    }
    return this.#shared.bytes;
  }

  // The id alone names the file, so that no name somebody chose ever reaches the disk.
  #file(id: string): string {
    return join(this.#folder, id);
  }
}
