// Owns the seller's bundle fieldcast-studio.js: the studio's elements, and the chat when it is opened.
import { loadLate } from './live/late-elements.ts';
import { FieldcastStudio, type LateGroup } from './studio/index.ts';

/** What the studio's room is made of besides its frame. */
const groups: Record<LateGroup, () => Promise<void>> = {
  chat: () => loadLate('chat'),
};

FieldcastStudio.loadLate = (group) => groups[group]();

export { FieldcastStudio } from './studio/index.ts';
export type { StudioState } from './studio/index.ts';
