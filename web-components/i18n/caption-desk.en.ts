// Owns the English words of the desk where captions are written.

const phrases = {
  en: ['Picked this morning', 'Straight from our own field', 'Order today, sent tomorrow', 'If it arrives broken, we send it again', 'Pay when it arrives', '[laughs]', '[music]', '[hard to hear]'],
  'zh-CN': ['今天早上刚摘的', '自家地里种的', '今天下单，明天发货', '坏了包赔', '货到付款', '（笑）', '（音乐）', '（听不清）'],
};

export const captionDeskEn = {
  write: 'What is being said',
  placeholder: 'Type it, then Enter',
  send: 'Show it to everyone',
  somebody: 'Somebody',
  writing: (name: string) => `${name} is writing…`,
  machine: (name: string) => `${name}’s phone`,
  phrases: 'Ready phrases',
  phraseList: phrases,
  listen: 'Write what I say by itself',
  speech: { off: 'Off', starting: 'Starting…', listening: 'Listening', waiting: 'Starting again…' },
  speechFaults: {
    denied: 'The microphone is not allowed for this. Allow it beside the address, then try again.',
    'no-service': 'This browser cannot do it. Try Chrome, or let somebody type.',
    'no-sound': 'The microphone is taken. Use a second phone near you.',
    language: 'This browser cannot write in this language. Choose another one.',
    network: 'The service that listens cannot be reached. We keep trying.',
  },
  noSpeech: 'This browser cannot listen by itself. Type here, or open this page in Chrome or Safari.',
  lang: 'Language',
  langs: { 'zh-CN': '普通话', 'en-US': 'English', 'zh-HK': '粤语（香港）', 'zh-TW': '國語（台灣）' },
  askTitle: 'May the browser listen?',
  askService: 'Most browsers send your voice to their maker (Google, Apple or Microsoft), who turns it into text. We do not get or keep the sound.',
  askMicrophone: 'On some phones the show goes silent while it listens. Ask a viewer whether you can be heard; else use a second phone near you.',
  askYes: 'Yes, listen',
  askNo: 'No',
  last: 'Last lines',
  none: 'Nothing yet. What you write is shown on the picture, and kept in the replay.',
  loading: 'Loading…',
  offline: 'No network. We keep trying.',
  sending: 'Sending…',
  tryAgain: 'Try again',
  heard: 'heard',
  correct: (line: string) => `Correct: ${line}`,
  takeAwayLine: (line: string) => `Take away: ${line}`,
  takeAway: 'Take away',
  taken: 'Taken away',
  undo: 'Undo',
  save: 'Save',
  cancel: 'Leave it as it is',
};

/** The shape of the catalogue of the captions' desk. */
export type CaptionDeskMessages = typeof captionDeskEn;
