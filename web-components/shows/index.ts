// Owns the bundle of the list of shows: a page that only lists them does not load the player.
import { define } from '../ui/index.ts';
import { FieldcastShows } from './fieldcast-shows.ts';

define('fieldcast-shows', FieldcastShows);

export { FieldcastShows };
export type { ShowOpenEvent } from './fieldcast-shows.ts';
