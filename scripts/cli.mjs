#!/usr/bin/env node
// Owns `npm run cli` and the `fieldcast` program: set-up without a word on stdout, which belongs to the command's own answer.
// No media worker: no command here carries media, and nobody should wait for a build to make a token.
import { setupOrExit } from './setup.mjs';

await setupOrExit({ needs: ['packages', 'build'], quiet: true });
await import('../dist/server/cli.js');
