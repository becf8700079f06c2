// Owns the English words of the list of shows.

export const showsEn = {
  live: 'LIVE',
  away: 'Back soon',
  soon: 'Coming',
  past: 'Past shows',
  coming: 'Coming up',
  onAir: 'Live now',
  viewers: (count: string) => `${count} watching`,
  starts: (when: string) => `Starts ${when}`,
  startsIn: (left: string) => `in ${left}`,
  anyMoment: 'any moment now',
  anyTime: 'Time to be announced',
  replay: 'Watch again',
  ended: (when: string) => `Was on ${when}`,
  needsCode: 'By invitation',
  empty: 'No shows yet. The next one will be announced here.',
  loading: 'Loading shows…',
  failed: 'The shows could not be loaded.',
  retry: 'Try again',
  days: (count: number): string => (count === 1 ? '1 day' : `${count} days`),
  hours: (count: number) => `${count} h`,
  minutes: (count: number) => `${count} min`,
};

/** The shape of the catalogue of the list of shows. */
export type ShowsMessages = typeof showsEn;
