// Owns what a player says that it is doing.
import { describe, expect, it } from 'vitest';
import type { ShowStatus } from '../../../server/protocol/show.ts';
import { playerState } from '../../../web-components/player/player-state.ts';
import { failure } from '../../../web-components/show/outcome.ts';
import { snapshotOf } from '../show/goods.ts';

const { error: offline } = failure('network.offline', '');
const at = (status: ShowStatus) => {
  const snapshot = snapshotOf([]);
  return { ...snapshot, show: { ...snapshot.show, status } };
};

describe('playerState', () => {
  it.each([
    ['connecting', { snapshot: null, error: null, phase: 'idle', hasPlayed: false }],
    ['unavailable', { snapshot: null, error: offline, phase: 'idle', hasPlayed: false }],
    ['planned', { snapshot: at('planned'), error: null, phase: 'idle', hasPlayed: false }],
    ['connecting', { snapshot: at('live'), error: null, phase: 'connecting', hasPlayed: false }],
    ['live', { snapshot: at('live'), error: null, phase: 'playing', hasPlayed: true }],
    ['reconnecting', { snapshot: at('live'), error: null, phase: 'stalled', hasPlayed: true }],
    ['reconnecting', { snapshot: at('live'), error: null, phase: 'connecting', hasPlayed: true }],
    ['unavailable', { snapshot: at('live'), error: null, phase: 'failed', hasPlayed: false }],
    ['paused', { snapshot: at('paused'), error: null, phase: 'idle', hasPlayed: true }],
    ['ended', { snapshot: at('ended'), error: null, phase: 'idle', hasPlayed: true }],
  ] as const)('is %s', (state, situation) => expect(playerState(situation)).toBe(state));

  it('stays live while the picture goes on, although the socket is lost', () => {
    expect(playerState({ snapshot: at('live'), error: offline, phase: 'playing', hasPlayed: true })).toBe('live');
  });
});
