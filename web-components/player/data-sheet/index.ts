// Owns what is loaded when somebody asks how much data the show takes.
import { define } from '../../ui/index.ts';
import { FieldcastDataSheet } from './data-sheet.ts';
import { FieldcastViewerWord } from './viewer-word.ts';

export function defineDataSheet(): void {
  define('fieldcast-viewer-word', FieldcastViewerWord);
  define('fieldcast-data-sheet', FieldcastDataSheet);
}
