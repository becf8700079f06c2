// Owns the entry of the seller's bundle fieldcast-studio.js: loading it registers <fieldcast-studio>.
import { define } from '../ui/index.ts';
import { FieldcastStudio } from './fieldcast-studio.ts';

define('fieldcast-studio', FieldcastStudio);

export { FieldcastStudio, type StudioState } from './fieldcast-studio.ts';
