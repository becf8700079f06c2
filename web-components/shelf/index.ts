// Owns the export list of the shelf.
export { FieldcastShelf } from './fieldcast-shelf.ts';
