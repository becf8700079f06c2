// Owns `npm start`: set-up, then the server in this very process, so that the started pid is the server.
import { setupOrExit } from './setup.mjs';

const { workerBin } = await setupOrExit();
process.env.MEDIASOUP_WORKER_BIN = workerBin;
await import('../dist/demo/start.js');
