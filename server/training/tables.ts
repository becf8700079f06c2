// Owns the list of training's migrations; each part's tables stand with it.
import type { Migration } from '../platform/db/database.ts';
import { noteMigration } from './console/tables.ts';
import { cueMigration } from './cues/tables.ts';
import { scoringMigration } from './scoring/tables.ts';
import { classMigration } from './classes/index.ts';
import { playedMigration } from './played-audience/index.ts';
import { followUpMigration } from './follow-up/index.ts';
import { rehearsalMigrations } from './rehearsal/tables.ts';

export const trainingMigrations: readonly Migration[] = [...rehearsalMigrations, classMigration, followUpMigration, noteMigration, playedMigration, cueMigration, scoringMigration];
