// Owns the English words of practice: rehearsals, going live from them, and coaches. `TrainingMessages` is the shape of all languages.
import { errorsEn } from './errors.en.ts';

export const trainingEn = {
  errors: errorsEn,
  loading: 'Loading…',
  retry: 'Try again',
  back: 'Back',
  close: 'Close',
  undo: 'Undo',
  colon: ': ',
  /** In the picture and on every screen of a rehearsal. */
  mark: 'REHEARSAL',
  markHint: 'Practice. Nobody outside sees it, and nothing is sold.',
  coach: {
    label: 'Coach',
    signIn: { title: 'You need a link', hint: 'Ask the seller or the operator for a coach’s link, and open it on this device.' },
    revoked: { title: 'Your access was taken back', hint: 'Ask for a new link if you are to coach again.' },
    notACoach: { title: 'This device is signed in for something else', hint: 'Open the coach’s link once more to sign in as a coach.' },
    signInAs: 'Sign in as the coach',
    shows: 'Those you coach',
    empty: 'No practice yet',
    emptyHint: 'Start one, or wait until a seller does. It appears here by itself.',
    rehearsal: 'Rehearsal',
    live: 'Real show',
    statuses: { planned: 'Not begun', live: 'On air', paused: 'Away for a moment', ended: 'Over' },
    ask: 'Ask to join',
    asked: 'Waiting for an answer',
    allowed: 'You may coach',
    refused: 'Not this time',
    ended: 'Taken back',
    askAgain: 'Ask again',
    signOut: 'Sign out',
  },
};
export type TrainingMessages = typeof trainingEn;
