// Owns the list of training's migrations; each part's tables stand with it.
import type { Migration } from '../platform/db/database.ts';
import { noteMigration } from './console/tables.ts';
import { rehearsalMigrations } from './rehearsal/tables.ts';

export const trainingMigrations: readonly Migration[] = [...rehearsalMigrations, noteMigration];
