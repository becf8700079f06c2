// Owns database files that nobody has open: a consistent copy of a running server's file, and whether a copy can be trusted.
import SqliteDatabase from 'better-sqlite3';

/** Copies `file` as it is at one moment into a new file, while a server may go on writing. Changes nothing in `file`. */
export function copyDatabase(file: string, target: string): void {
  const connection = new SqliteDatabase(file, { readonly: true, fileMustExist: true, timeout: 30_000 });
  try {
    connection.prepare('vacuum into ?').run(target);
  } finally {
    connection.close();
  }
}

/** What is wrong with the file, or undefined when every page of it is sound and it is a database of this server. */
export function databaseFault(file: string): string | undefined {
  try {
    const connection = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
    try {
      const answer = connection.pragma('integrity_check', { simple: true });
      if (answer !== 'ok') return String(answer);
      const tables = connection.prepare(`select count(*) as n from sqlite_schema where type = 'table' and name in ('migrations', 'answers')`).get();
      return (tables as { n: number }).n === 2 ? undefined : 'it is not a database of Fieldcast';
    } finally {
      connection.close();
    }
  } catch (error) {
    return (error as Error).message;
  }
}
