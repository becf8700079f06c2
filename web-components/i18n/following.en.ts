// Owns the English words of following a seller, of reminders, and of being forgotten.

export const followingEn = {
  follow: (seller: string) => `Follow ${seller}`,
  following: (seller: string) => `Following ${seller}`,
  followers: (text: string, count: number): string => (count === 1 ? '1 follower' : `${text} followers`),
  tellHere: 'Tell me of their shows',
  willTell: 'This device tells you of their shows.',
  remind: 'Remind me',
  reminded: 'You will be reminded',
  remindedHint: 'Ten minutes before it starts, and when it is live. Tap again to take it back.',
  failed: 'This did not work. Try again.',
  denied: 'This browser is set to show no notifications from here. Allow them in its settings, or use the calendar.',
  pushFailed: 'This browser cannot be reminded. The calendar works everywhere.',
  mine: 'Sellers I follow',
  nothingPlanned: 'Nothing planned yet',
  onAir: 'Live now',
  soon: 'Time to be announced',
  unfollow: (seller: string) => `Follow ${seller} no more`,
  unfollowed: (seller: string) => `You do not follow ${seller} any more.`,
  undo: 'Undo',
  forget: {
    offer: 'Forget me on this server',
    what: 'All you wrote in every show, your votes, whom you follow and your reminders are erased for good. Orders stay with the seller.',
    sure: 'Erase it all',
    keep: 'Keep it',
    done: 'Done. Nothing of you is kept here any more.',
  },
};

/** The shape of the catalogue of following. */
export type FollowingMessages = typeof followingEn;
