// Owns the Chinese words around captions in the player.
import type { CaptionMessages } from './captions.en.ts';

export const captionsZhCN: CaptionMessages = {
  captions: '字幕',
  sign: '字幕',
  button: (choice) => `字幕：${choice}`,
  choices: { off: '关', on: '开', large: '开，大字' },
};
