// Owns what is loaded with the host's bar: the bar, the sheet of reading aloud, and reading that goes on from the last time.
import { define } from '../../ui/index.ts';
import { FieldcastAloud } from './aloud.ts';
import { FieldcastAloudSheet } from './aloud-sheet.ts';
import { FieldcastHostBar } from './host-bar.ts';

export function defineHostBar(): void {
  define('fieldcast-aloud', FieldcastAloud);
  define('fieldcast-aloud-sheet', FieldcastAloudSheet);
  define('fieldcast-host-bar', FieldcastHostBar);
}
