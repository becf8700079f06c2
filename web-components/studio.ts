// Owns the seller's bundle fieldcast-studio.js: the studio's elements, and the chat when it is opened.
import { loadLate } from './live/late-elements.ts';
import { FieldcastStudio } from './studio/index.ts';

FieldcastStudio.loadChat = () => loadLate('chat');

export { FieldcastStudio } from './studio/index.ts';
export type { StudioState } from './studio/index.ts';
