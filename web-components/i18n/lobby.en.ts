// Owns the English words around a show that is not on the screen yet: the code at the gate, waiting for the start, sharing.

export const lobbyEn = {
  gate: {
    title: 'Enter your code',
    forShow: (title: string) => `“${title}” is for invited guests.`,
    code: 'Code from your invitation',
    enter: 'Watch the show',
    entering: 'One moment…',
    empty: 'Type the code from your invitation first.',
    short: 'A code has at least 6 letters or digits.',
    hint: 'Large or small letters and spaces make no difference. You enter it once on this device.',
    wait: (seconds: number) => `Too many tries. Try again in ${seconds} s.`,
    siteTitle: 'Not on this page',
    siteHint: 'The organiser shows this on other pages only. Open it by the link you were given.',
  },
  waiting: {
    soon: 'It starts any moment now',
    late: 'The host is getting ready',
    calendar: 'Add to calendar',
  },
  share: {
    share: 'Share',
    copied: 'Link copied',
    byHand: 'Copy this link',
    failed: 'The link could not be fetched. Try again.',
  },
  timeLeft: {
    label: (text: string) => `Starts in ${text}`,
    days: (count: number): string => (count === 1 ? 'day' : 'days'),
    hours: 'h',
    minutes: 'min',
    seconds: 's',
  },
};

/** The shape of the lobby's catalogue. */
export type LobbyMessages = typeof lobbyEn;
