// Owns the export list of the player.
export { FieldcastPlayer } from './fieldcast-player.ts';
