// Owns what in a data folder is worth keeping, for backup and restore.

export const DATABASE = 'fieldcast.sqlite';

/** Figures of shows, in a file of their own; a server that never ran has none. */
export const FIGURES = 'analytics.sqlite';

/** Beside the databases: product pictures, files of classes, and the certificate authority that phones were told to trust. */
export const FOLDERS = ['pictures', 'materials', 'tls'] as const;

/** With parts of databases that were not closed: another database beside them would be spoilt by them. */
export const DATABASE_PARTS: readonly string[] = [DATABASE, FIGURES].flatMap((name) => [name, `${name}-wal`, `${name}-shm`]);

/** Name of one backup in the folder of backups; the names sort by time. */
export const BACKUP_NAME = /^fieldcast-[\d-]+T[\d-]+Z$/;

export function timestamp(date: Date): string {
  return date.toISOString().replaceAll(/[:.]/g, '-');
}
