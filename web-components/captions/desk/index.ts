// Owns the export list of the desk where captions are written.
export type { DeskRoom } from './desk-of-room.ts';
export { FieldcastCaptionDesk } from './fieldcast-caption-desk.ts';
