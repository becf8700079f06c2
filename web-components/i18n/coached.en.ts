// Owns the English words of what a host sees of a coach: cues, the raised hand, the earpiece, a pin that is shown.
import { cueWordsEn } from './cue-words.ts';

export const coachedEn = {
  label: 'Your coach',
  cues: cueWordsEn,
  cueFrom: (name: string) => `${name} says`,
  seen: 'Seen',
  more: (count: number) => `${count} more`,
  handUp: 'Call the coach',
  handDown: 'Hand is up',
  handWaits: 'The coach sees that your hand is up.',
  here: (names: string) => `${names} is watching`,
  talking: (name: string) => `${name} is talking to you. Only you hear it.`,
  cannotHear: 'You read what the coach says. To hear it, put in an earpiece.',
  ear: 'Hear the coach',
  earOn: 'Earpiece in',
  earSheet: 'Hear the coach',
  earWhy: 'Only through an earpiece: out of the loudspeaker the coach would be heard by all your viewers.',
  earAsk: 'Put an earpiece in one ear. You will hear three short tones.',
  earStart: 'My earpiece is in',
  earStop: 'Read only',
  ears: {
    out: '',
    missing: 'This phone finds no earpiece. Put one in, or go on reading.',
    checking: 'Three short tones… please do not talk',
    leaks: 'Your microphone heard the tones, so viewers would hear the coach. Is the earpiece plugged in all the way? Turn it down a little and try again.',
    connecting: 'Connecting…',
    in: 'You hear the coach. Your viewers do not.',
    pulled: 'The earpiece is out, so the coach is silent now. You can read what the coach writes.',
    failed: 'No sound comes through. You can read what the coach writes.',
  },
  again: 'Try again',
  close: 'Close',
  demo: (name: string, product: string) => `${name} shows you how: “${product}” is pinned. Then it is your turn.`,
  demoBack: 'My turn',
};

/** The shape of the catalogue of what a host sees of a coach. */
export type CoachedMessages = typeof coachedEn;
