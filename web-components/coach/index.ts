// Owns what the bundle of coaches is made of.
export { FieldcastCoachAudience } from './audience-panel.ts';
export { FieldcastCoachConsole } from './console.ts';
export { FieldcastCoachCues } from './cues-part.ts';
export { FieldcastCoach } from './fieldcast-coach.ts';
export { FieldcastCoachNotes } from './notes-part.ts';
export { FieldcastCoachPin } from './pin-part.ts';
export { defineReview } from './review/index.ts';
export { FieldcastScenarioPicker } from './scenario-picker.ts';
