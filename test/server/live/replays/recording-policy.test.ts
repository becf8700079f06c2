// Whether a show's recording begins and ends once, whatever comes at the same moment.
import { expect, it } from 'vitest';
import { RecordingPolicy } from '../../../../server/live/replays/recording-policy.ts';
import { RetentionRules } from '../../../../server/live/replays/retention-rules.ts';
import type { Shows } from '../../../../server/live/shows.ts';
import { Bus } from '../../../../server/platform/events.ts';
import type { Show } from '../../../../server/protocol/show.ts';

function openPolicy() {
  const show = { id: 'shw_1', sellerId: 'sel_1', status: 'live' } as Show;
  const calls: string[] = [];
  const running = new Set<string>();
  const states: string[] = [];
  const bus = new Bus<{ 'replay.changed': { showId: string; state: string } }>((_fact, error) => {
    throw error;
  });
  bus.on('replay.changed', ({ state }) => states.push(state));
  const policy = new RecordingPolicy({
    shows: { find: async () => ({ ...show }) } as unknown as Shows,
    rules: new RetentionRules({ days: 30, budgetBytes: 1, reserveBytes: 1 }, { list: async () => [], find: async () => undefined }),
    recording: {
      async record(streamId) {
        calls.push('record');
        await new Promise(setImmediate);
        running.add(streamId);
      },
      async finish(streamId) {
        calls.push('finish');
        running.delete(streamId);
      },
    },
    bus: bus as never,
    finished: async () => void calls.push('finished'),
  });
  return { policy, show, calls, running, states };
}

it('a show that ends in the moment of its first picture is not recorded for ever', async () => {
  const { policy, show, calls, running } = openPolicy();
  const started = policy.started(show.id);
  show.status = 'ended';
  await Promise.all([started, policy.ended({ ...show })]);
  expect(calls.slice(-2)).toEqual(['finish', 'finished']);
  expect(running.size).toBe(0);
  expect(policy.isRecording(show.id)).toBe(false);
});

it('a picture that comes with the end, and after it, records nothing', async () => {
  const { policy, show, calls, running } = openPolicy();
  show.status = 'ended';
  await Promise.all([policy.ended({ ...show }), policy.started(show.id)]);
  await policy.started(show.id);
  expect(calls).toEqual(['finish', 'finished']);
  expect(running.size).toBe(0);
});

it('a host who drops and comes back goes on with one recording', async () => {
  const { policy, show, states, running } = openPolicy();
  await Promise.all([policy.started(show.id), policy.started(show.id)]);
  expect(states).toEqual(['recording']);
  expect([...running]).toEqual([show.id]);
});
