// Owns the English words of hearts and polls as viewers see them.

export const stageEn = {
  tap: {
    heart: (count: string) => `Send a heart, ${count} so far`,
    thumb: (count: string) => `Thumbs up, ${count} so far`,
  },
  total: (count: string) => `${count} hearts and thumbs`,
  poll: 'Poll',
  aside: 'Put the poll aside',
  choose: 'Tap your answer',
  voted: (count: string) => `${count} votes · tap to change yours`,
  closed: (count: string) => `Closed · ${count} votes`,
  waits: 'No network. Your vote goes out by itself.',
  refused: 'Your vote was not taken. Try again.',
};

/** The shape of the catalogue of hearts and polls. */
export type StageMessages = typeof stageEn;
