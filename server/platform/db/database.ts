// Owns the database connection: SQLite in WAL, with synchronous FULL where nothing may be lost, one writer that gathers concurrent writes into one
// durable commit, and a reader beside it. Which tables there are is known only to the modules that bring them.
import SqliteDatabase from 'better-sqlite3';
import { Kysely, SqliteDialect, sql, type Transaction } from 'kysely';
import type { Logger } from '../log.ts';
import { FieldcastError } from '../errors.ts';
import { compileOnce, statement } from './compile-once.ts';
import { withStatementCache } from './statement-cache.ts';

/** One step of a module's schema. Names sort in the order they run and are never changed once landed. */
export interface Migration {
  name: string;
  statements: readonly string[];
}

interface PlatformTables {
  migrations: { name: string; applied_at: number };
  answers: { scope: string; key: string; request_hash: string; answer: string; created_at: number };
  settings: { name: string; value: string };
}

/** A write that must happen once for its idempotency key. */
export interface Once {
  /** What the key is unique within: method and path. */
  scope: string;
  key: string;
  /** Hash of the request; the same key with another one is refused. */
  requestHash: string;
}

interface PendingWrite {
  run: (transaction: Transaction<any>) => Promise<unknown>;
  resolve: (value: any) => void;
  reject: (error: unknown) => void;
}

const PLATFORM_MIGRATIONS: readonly Migration[] = [
  {
    name: '000-platform',
    statements: [
      `create table answers (scope text not null, key text not null, request_hash text not null, answer text not null,
         created_at integer not null, primary key (scope, key)) strict, without rowid`,
      `create index answers_by_age on answers (created_at)`,
      `create table settings (name text primary key, value text not null) strict, without rowid`,
    ],
  },
];

// A batch shares one fsync. 64 orders of about 0.5 ms each keep the longest wait for the batch under 50 ms; where they take longer, it is
// closed after a while, or those that come meanwhile would keep the first ones waiting.
const BATCH_LIMIT = 64;
const BATCH_MS = 25;

// SQLite answers within the same turn of the event loop, and a turn accepts one new connection (libuv since 1.45). Whole batches in
// one turn kept newcomers of a rush waiting for 8 s; so the loop goes round in the middle of a batch. Where the others take long in each turn,
// writes take as long: with 2 ms of every 60 a batch was under way for half a second.
const TURN_MS = { least: 2, most: 20 };

/** 32 MB of pages of 4 kB. */
const SELDOM_PAGES = 8_000;

const savepoint = statement('savepoint one_write');
const rollbackToSavepoint = statement('rollback to one_write');
const releaseSavepoint = statement('release one_write');

type Answers = PlatformTables['answers'];
const findAnswer = compileOnce<PlatformTables, Once>()((database, param) =>
  database
    .selectFrom('answers')
    .select(['request_hash', 'answer'])
    .where('scope', '=', param('scope'))
    .where('key', '=', param('key')),
);
const keepAnswer = compileOnce<PlatformTables, Answers>()((database, param) =>
  database.insertInto('answers').values({
    scope: param('scope'),
    key: param('key'),
    request_hash: param('request_hash'),
    answer: param('answer'),
    created_at: param('created_at'),
  }),
);

export class Database {
  readonly #writer: Kysely<any>;
  readonly #reader: Kysely<any>;
  readonly #queue: PendingWrite[] = [];
  #draining: Promise<void> | undefined;
  #isClosed = false;

  private constructor(writer: Kysely<any>, reader: Kysely<any>) {
    this.#writer = writer;
    this.#reader = reader;
  }

  /**
   * Opens `file` (made when missing) and applies the migrations that are new.
   * @param survives what a commit outlives: a loss of power, or no more than the end of the process, which costs others no wait for the disk
   */
  static async open(file: string, migrations: readonly Migration[], log: Logger, survives: 'power-loss' | 'crash' = 'power-loss'): Promise<Database> {
    const connect = (readonly: boolean) => {
      const connection = new SqliteDatabase(file, { readonly });
      if (!readonly) connection.pragma('journal_mode = WAL');
      // FULL: a commit is on the disk before it is acknowledged, also when the power goes (SQLite, "PRAGMA synchronous").
      connection.pragma(`synchronous = ${survives === 'crash' ? 'NORMAL' : 'FULL'}`);
      // Waited for are then only checkpoints. Seldom ones write a page that changes all the time once, not with each commit.
      if (survives === 'crash') connection.pragma(`wal_autocheckpoint = ${SELDOM_PAGES}`);
      connection.pragma('foreign_keys = ON');
      connection.pragma('busy_timeout = 5000');
      // A transaction that reads before it writes would fail when another process (the command line) wrote in between.
      const immediate = { prepare: (text: string) => connection.prepare(text === 'begin' ? 'begin immediate' : text), close: () => connection.close() };
      return withStatementCache(readonly ? connection : (immediate as unknown as typeof connection));
    };
    const writer = new Kysely<any>({ dialect: new SqliteDialect({ database: connect(false) }) });
    await migrate(writer as Kysely<PlatformTables>, [...PLATFORM_MIGRATIONS, ...migrations], log);
    const reader = new Kysely<any>({ dialect: new SqliteDialect({ database: connect(true) }) });
    return new Database(writer, reader);
  }

  /** Committed state, typed by the tables that the asking module owns. Inside `write` use the transaction instead. */
  read<Tables>(): Kysely<Tables> {
    return this.#reader as Kysely<Tables>;
  }

  /**
   * Runs `run` in a transaction and resolves when it is on the disk. Writes that wait at the same time share one commit; each has
   * its own savepoint, so one that throws undoes only itself. Publish facts after this resolves, never inside.
   */
  write<Tables, Value>(run: (transaction: Transaction<Tables>) => Promise<Value>): Promise<Value> {
    if (this.#isClosed) return Promise.reject(new FieldcastError('server.closing', 'The server is stopping.'));
    return new Promise<Value>((resolve, reject) => {
      this.#queue.push({ run: run as PendingWrite['run'], resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /**
   * Like `write`, once per key: the answer is stored in the same transaction, and a repeated call gets it back without running again.
   * @throws FieldcastError `idempotency.key-reused` when the key came before with another request.
   */
  async writeOnce<Tables, Value>(
    once: Once | undefined,
    now: number,
    run: (transaction: Transaction<Tables>) => Promise<Value>,
  ): Promise<{ value: Value; isRepeat: boolean }> {
    return this.write<PlatformTables & Tables, { value: Value; isRepeat: boolean }>(async (transaction) => {
      const narrow = transaction as unknown as Transaction<Tables>;
      if (!once) return { value: await run(narrow), isRepeat: false };
      const answers = transaction as unknown as Transaction<PlatformTables>;
      const [earlier] = (await findAnswer(answers, once)).rows;
      if (earlier) {
        if (earlier.request_hash !== once.requestHash) {
          throw new FieldcastError('idempotency.key-reused', 'This Idempotency-Key came before with another request.');
        }
        return { value: JSON.parse(earlier.answer) as Value, isRepeat: true };
      }
      const value = await run(narrow);
      const { scope, key, requestHash } = once;
      await keepAnswer(answers, { scope, key, request_hash: requestHash, answer: JSON.stringify(value), created_at: now });
      return { value, isRepeat: false };
    });
  }

  /** A value kept under a name, made by `make` the first time. */
  async setting(name: string, make: () => string): Promise<string> {
    return this.write<PlatformTables, string>(async (transaction) => {
      const row = await transaction.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
      if (row) return row.value;
      const value = make();
      await transaction.insertInto('settings').values({ name, value }).execute();
      return value;
    });
  }

  /** Forgets stored answers older than `before` (ms since epoch): they hold what the caller sent, and nobody retries that late. */
  async forgetAnswers(before: number): Promise<void> {
    await this.write<PlatformTables, void>(async (transaction) => {
      await transaction.deleteFrom('answers').where('created_at', '<', before).execute();
    });
  }

  /** Throws when the disk cannot take a write. */
  async probe(): Promise<void> {
    await this.write(async (transaction) => {
      await sql`insert into settings (name, value) values ('probe', '1') on conflict (name) do update set value = '1'`.execute(transaction);
    });
  }

  /** Waits for writes under way, refuses new ones, closes both connections. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#draining;
    await this.#reader.destroy();
    await this.#writer.destroy();
  }

  async #drain(): Promise<void> {
    // One turn of the event loop lets requests that came in the same read share the commit.
    await nextTurn();
    while (this.#queue.length > 0) await this.#commit();
    this.#draining = undefined;
  }

  async #commit(): Promise<void> {
    const batch: PendingWrite[] = [];
    const settled: (() => void)[] = [];
    try {
      await this.#writer.transaction().execute(async (transaction) => {
        const openedAt = performance.now();
        let turnStartedAt = openedAt;
        let turnMs = TURN_MS.least;
        const isOpen = (): boolean => batch.length < BATCH_LIMIT && performance.now() - openedAt < BATCH_MS;
        for (let write = this.#queue.shift(); write; write = isOpen() ? this.#queue.shift() : undefined) {
          batch.push(write);
          settled.push(await runInSavepoint(transaction, write));
          const endedAt = performance.now();
          if (endedAt - turnStartedAt < turnMs || this.#queue.length === 0 || !isOpen()) continue;
          await nextTurn();
          turnStartedAt = performance.now();
          turnMs = Math.min(Math.max(turnStartedAt - endedAt, TURN_MS.least), TURN_MS.most);
        }
      });
    } catch (error) {
      // A transaction that could not even begin has taken nobody yet; without this they would be tried for ever.
      if (batch.length === 0) batch.push(...this.#queue.splice(0, BATCH_LIMIT));
      for (const write of batch) write.reject(error);
      return;
    }
    for (const settle of settled) settle();
  }
}

/** @returns what tells the outcome to whoever waits, once the commit is on the disk. */
async function runInSavepoint(transaction: Transaction<any>, write: PendingWrite): Promise<() => void> {
  await transaction.executeQuery(savepoint);
  let settle: () => void;
  try {
    const value = await write.run(transaction);
    settle = () => write.resolve(value);
  } catch (error) {
    await transaction.executeQuery(rollbackToSavepoint);
    settle = () => write.reject(error);
  }
  await transaction.executeQuery(releaseSavepoint);
  return settle;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

async function migrate(writer: Kysely<PlatformTables>, migrations: readonly Migration[], log: Logger): Promise<void> {
  await sql`create table if not exists migrations (name text primary key, applied_at integer not null) strict`.execute(writer);
  const applied = new Set((await writer.selectFrom('migrations').select('name').execute()).map((row) => row.name));
  for (const migration of [...migrations].sort((a, b) => a.name.localeCompare(b.name))) {
    if (applied.has(migration.name)) continue;
    await writer.transaction().execute(async (transaction) => {
      for (const statement of migration.statements) await sql.raw(statement).execute(transaction);
      await transaction.insertInto('migrations').values({ name: migration.name, applied_at: Date.now() }).execute();
    });
    log.info({ migration: migration.name }, 'database migrated');
  }
}
