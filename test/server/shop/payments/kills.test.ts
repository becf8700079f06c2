import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killDuringCardFlow } from '../../../support/stripe/card-flow.ts';

it('loses, doubles and forgets nothing when it is killed between any two steps of paying by card', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-kills-'));
  try {
    const outcome = await killDuringCardFlow(folder, 4);
    expect(outcome.orders).toBeGreaterThan(4);
    expect(outcome).toMatchObject({ lost: 0, chargedTwice: 0, bookedTwice: 0, stockAstray: 0 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
