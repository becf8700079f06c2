// Owns the export list of reading aloud: without any element.
export { aloudLangs, type AloudLang } from './aloud-words.ts';
export { type AloudRoom, type AloudSettings, type AloudState, ReadAloud, readerOf } from './read-aloud.ts';
export { hasVoice, Speaker, voicesFor } from './speaker.ts';
export { hasSpeech, Speech, type SpeechFault, type SpeechState } from './speech.ts';
