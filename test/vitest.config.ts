// Test projects: fast unit and whole-app tests in parallel; what carries real media or drives a browser one file at a time, because a
// handshake that is starved of the processor fails for reasons that are not the product's.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['**/*.test.ts'],
          exclude: ['journeys/**', 'hostile/**', 'server/media/**', 'web-components/**/*.browser.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'journeys',
          sequence: { groupOrder: 1 },
          include: ['journeys/**/*.test.ts', 'hostile/**/*.test.ts', 'server/media/**/*.test.ts', 'web-components/**/*.browser.test.ts'],
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
