// Test projects: fast unit and whole-app tests in parallel; what carries real media (`*.media.test.ts`) or drives a browser one file at a
// time, because a handshake that is starved of the processor fails for reasons that are not the product's; two at a time where a file
// mostly waits for media to come, or for pages that nothing holds to a second.
import { defineConfig } from 'vitest/config';

const REAL = ['journeys/**/*.test.ts', 'hostile/**/*.test.ts', '**/*.media.test.ts', '**/*.browser.test.ts'];

/** These leave much of two cores idle while segments come in, holds run out and pages load, and measure nothing that is a matter of milliseconds. */
const IN_PAIRS = [
  'journeys/catalogue-desk.test.ts',
  'journeys/class.test.ts',
  'journeys/crashed-show.test.ts',
  'journeys/gated-replay.test.ts',
  'journeys/kept-show.test.ts',
  'journeys/operator-desk.test.ts',
  'journeys/orders-desk.test.ts',
  'journeys/paying.test.ts',
  'journeys/practice.test.ts',
  'journeys/replay-desk.test.ts',
  'journeys/viewer-gap.test.ts',
  'hostile/markup.test.ts',
  'server/media/hls/aac/aac.media.test.ts',
  'server/media/hls/input/real-host.media.test.ts',
  'server/media/hls/packager-changes.media.test.ts',
  'server/media/hls/packager.media.test.ts',
  'server/media/replay/chromium.browser.test.ts',
  'server/media/stream.media.test.ts',
  'web-components/analytics/analytics.browser.test.ts',
  'web-components/chat/chat.browser.test.ts',
  'web-components/chat/moderation.browser.test.ts',
  'web-components/checkout/*.browser.test.ts',
  'web-components/coach/audience.browser.test.ts',
  'web-components/following/following.browser.test.ts',
  'web-components/host-shop/host-shop.browser.test.ts',
  'web-components/live/fieldcast-live.browser.test.ts',
  'web-components/money/money.browser.test.ts',
  'web-components/orders/orders.browser.test.ts',
  'web-components/player/lobby.browser.test.ts',
  'web-components/promotions/*.browser.test.ts',
  'web-components/questions/questions.browser.test.ts',
  'web-components/room/stage.browser.test.ts',
  'web-components/shelf/product-facts.browser.test.ts',
  'web-components/shows/fieldcast-shows.browser.test.ts',
  'web-components/studio/capture.browser.test.ts',
  'web-components/studio/helper.browser.test.ts',
  'web-components/studio/product-facts.browser.test.ts',
  'web-components/studio/read-aloud.browser.test.ts',
  'web-components/studio/studio-strips.browser.test.ts',
  'web-components/studio/studio-trouble.browser.test.ts',
  'web-components/studio/studio.browser.test.ts',
  'web-components/studio/training/cue-cards.browser.test.ts',
];

const shared = {
  // Files that run in one process share what they import, because loading the server anew for each took longer than most files' tests; so
  // no test leaves a global changed.
  isolate: false,
  // How long something may hang, not how long it takes: what is awaited goes on as soon as it is there, and a busy machine needs longer than
  // vitest's one second to draw a page, and its five for ffmpeg to read a film.
  testTimeout: 90_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 10_000 } },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', sequence: { groupOrder: 0 }, include: ['**/*.test.ts'], exclude: REAL, ...shared } },
      { test: { name: 'in pairs', sequence: { groupOrder: 1 }, include: IN_PAIRS, ...shared } },
      { test: { name: 'journeys', sequence: { groupOrder: 2 }, include: REAL, exclude: IN_PAIRS, fileParallelism: false, ...shared } },
    ],
  },
});
