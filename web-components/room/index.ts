// Owns the export list of what stands over a live picture beside chat and captions: hearts, poll, announcement.
export { FieldcastHearts } from './fieldcast-hearts.ts';
export { FieldcastStage } from './fieldcast-stage.ts';
