// Owns what is loaded with the cue cards: the card, its sheet, the forms in it, and what a trainer wrote afterwards.
import { define } from '../../ui/index.ts';
import { FieldcastStudioCardForm } from './card-form.ts';
import { FieldcastStudioCues } from './cues.ts';
import { FieldcastStudioPrompter } from './prompter-sheet.ts';
import { FieldcastStudioScriptForm } from './script-form.ts';
import { FieldcastStudioScripts } from './script-page.ts';
import { FieldcastStudioTrainerWords } from './trainer-words.ts';

export function definePrompter(): void {
  define('fieldcast-studio-card-form', FieldcastStudioCardForm);
  define('fieldcast-studio-script-form', FieldcastStudioScriptForm);
  define('fieldcast-studio-scripts', FieldcastStudioScripts);
  define('fieldcast-studio-prompter', FieldcastStudioPrompter);
  define('fieldcast-studio-trainer-words', FieldcastStudioTrainerWords);
  define('fieldcast-studio-cues', FieldcastStudioCues);
}
