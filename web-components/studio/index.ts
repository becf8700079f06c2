// Owns the entry of the seller's bundle fieldcast-studio.js: loading it registers <fieldcast-studio> and the parts it is made of.
import { define } from '../ui/index.ts';
import { FieldcastStudio } from './fieldcast-studio.ts';
import { FieldcastStudioRoom } from './room/fieldcast-studio-room.ts';
import { FieldcastStudioAdd } from './studio-add.ts';
import { FieldcastStudioFacts } from './studio-facts.ts';
import { FieldcastStudioKinds } from './studio-kinds.ts';
import { FieldcastStudioPad } from './studio-pad.ts';
import { FieldcastStudioReplay } from './studio-replay.ts';
import { FieldcastStudioSheet } from './studio-sheet.ts';
import { FieldcastStudioShelf } from './studio-shelf.ts';

define('fieldcast-studio-sheet', FieldcastStudioSheet);
define('fieldcast-studio-pad', FieldcastStudioPad);
define('fieldcast-studio-add', FieldcastStudioAdd);
define('fieldcast-studio-facts', FieldcastStudioFacts);
define('fieldcast-studio-kinds', FieldcastStudioKinds);
define('fieldcast-studio-shelf', FieldcastStudioShelf);
define('fieldcast-studio-replay', FieldcastStudioReplay);
define('fieldcast-studio-room', FieldcastStudioRoom);
define('fieldcast-studio', FieldcastStudio);

export { FieldcastStudio } from './fieldcast-studio.ts';
export type { LateGroup } from './room/segments.ts';
export type { StudioState } from './studio-state.ts';
