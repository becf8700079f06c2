// Owns the seller's bundle fieldcast-studio.js: the studio's elements, and the chat when it is opened.
import { loadLate, loadOnce } from './live/late-elements.ts';
import { FieldcastStudio, type LateGroup } from './studio/index.ts';
import { define } from './ui/index.ts';

/** What the studio's room is made of besides its frame. */
const groups: Record<LateGroup, () => Promise<void>> = {
  chat: async () => void (await Promise.all([loadLate('chat'), loadOnce('host-bar', async () => (await import('./studio/room/host-bar-elements.ts')).defineHostBar())])),
  hearts: () => loadLate('room'),
  questions: () =>
    loadOnce('questions', async () => {
      const { FieldcastQuestions, FieldcastReadyAnswers } = await import('./questions/index.ts');
      define('fieldcast-ready-answers', FieldcastReadyAnswers);
      define('fieldcast-questions', FieldcastQuestions);
    }),
  orders: () => loadOnce('orders', async () => void (await import('./live/orders-money.ts'))),
  offers: () => loadOnce('offers', async () => void (await import('./studio/promotions/index.ts'))),
  practise: () => loadOnce('practise', async () => (await import('./studio/training/practise-elements.ts')).definePractise()),
  coached: () => loadOnce('coached', async () => define('fieldcast-studio-coached', (await import('./studio/training/coached.ts')).FieldcastStudioCoached)),
  cues: () => loadOnce('cues', async () => (await import('./studio/training/prompter-elements.ts')).definePrompter()),
  figures: () =>
    loadOnce('figures', async () => {
      const [{ FieldcastLiveFigures }, { FieldcastReport }] = await Promise.all([import('./analytics/fieldcast-live-figures.ts'), import('./analytics/fieldcast-report.ts')]);
      define('fieldcast-live-figures', FieldcastLiveFigures);
      define('fieldcast-report', FieldcastReport);
    }),
  desk: () => loadOnce('desk', async () => void (await import('./desk/index.ts'))),
  captions: () => loadOnce('caption-desk', async () => define('fieldcast-caption-desk', (await import('./captions/desk/index.ts')).FieldcastCaptionDesk)),
};

FieldcastStudio.loadLate = (group) => groups[group]();

export { FieldcastStudio } from './studio/index.ts';
export type { StudioState } from './studio/index.ts';
