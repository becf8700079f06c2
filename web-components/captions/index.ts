// Owns the export list of captions as viewers see them.
export { FieldcastCaptions } from './fieldcast-captions.ts';
export { FieldcastCaptionsButton } from './fieldcast-captions-button.ts';
