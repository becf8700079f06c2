// Test projects: fast unit and whole-app tests in parallel; what carries real media (`*.media.test.ts`) or drives a browser one file at a
// time, because a handshake that is starved of the processor fails for reasons that are not the product's.
import { defineConfig } from 'vitest/config';

const ONE_AT_A_TIME = ['journeys/**/*.test.ts', 'hostile/**/*.test.ts', '**/*.media.test.ts', '**/*.browser.test.ts'];

// How long something may hang, not how long it takes: what is awaited goes on as soon as it is there, and a busy machine needs longer than
// vitest's one second to draw a page, and its five for ffmpeg to read a film.
// Files that run in one process share what they import, because loading the server anew for each took longer than most files' tests; so no
// test leaves a global changed.
const limits = { isolate: false, testTimeout: 90_000, hookTimeout: 120_000, expect: { poll: { timeout: 10_000 } } };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['**/*.test.ts'],
          exclude: ONE_AT_A_TIME,
          ...limits,
        },
      },
      {
        test: {
          name: 'journeys',
          sequence: { groupOrder: 1 },
          include: ONE_AT_A_TIME,
          fileParallelism: false,
          ...limits,
        },
      },
    ],
  },
});
