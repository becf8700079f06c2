// Owns the English words of the bar over the host's chat: reading aloud, large letters, quick answers.

export const hostBarEn = {
  label: 'Reading aloud, large letters, quick answers',
  aloud: 'Read aloud',
  large: 'Large text',
  editReplies: 'Change the quick answers',
  reply: (number: number) => `Quick answer ${number}`,
  save: 'Save',
  close: 'Close',
  states: {
    off: 'Off',
    'no-earpiece': 'Waits for your earpiece',
    ready: 'On',
    waiting: 'Waits until you have finished speaking',
    reading: 'Reading',
  },
  aloudTitle: 'Read aloud',
  turnOn: 'Read to me',
  turnOff: 'Stop reading',
  earpieceNone: 'No earpiece found. Put one in first.',
  earpieceAsk: 'Are you wearing an earpiece?',
  earpieceWhy: 'From the loudspeaker the voice goes into your microphone, and all your viewers hear it. The phone cannot filter that out for certain.',
  earpieceYes: 'I am wearing an earpiece',
  earpieceHint: 'only in your ear, never while you speak',
  what: 'What is read',
  questions: 'Questions only',
  all: 'All messages',
  orders: 'New orders too',
  lang: 'Language of the voice',
  langs: { 'zh-CN': '普通话', en: 'English' },
  voice: 'Voice',
  usualVoice: 'The usual one',
  online: 'needs the network',
  noVoices: 'This phone has no voice for this language yet. It may come with the phone’s settings under “text to speech”.',
  noVoice: 'This browser cannot read aloud. Open the page in Chrome or Safari.',
  volume: 'Loudness',
  test: 'Hear the voice',
};

/** The shape of the catalogue of the host's bar. */
export type HostBarMessages = typeof hostBarEn;
