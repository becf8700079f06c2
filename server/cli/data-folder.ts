// Owns what in a data folder is worth keeping, for backup and restore.

export const DATABASE = 'fieldcast.sqlite';

/** Beside the database: product pictures, and the certificate authority that phones were told to trust. */
export const FOLDERS = ['pictures', 'tls'] as const;

/** Parts of a database that was not closed; with another database beside them they would spoil it. */
export const DATABASE_PARTS = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`] as const;

/** Name of one backup in the folder of backups; the names sort by time. */
export const BACKUP_NAME = /^fieldcast-[\d-]+T[\d-]+Z$/;

export function timestamp(date: Date): string {
  return date.toISOString().replaceAll(/[:.]/g, '-');
}
