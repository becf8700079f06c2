// The host's ear: it opens only with an earpiece that the microphone does not hear, and closes at once when it goes out.
import { expect, it } from 'vitest';
import type { Earpiece } from '../../../../web-components/voice/earpiece.ts';
import { Ear } from '../../../../web-components/studio/training/ear.ts';

function open(options: { leaks?: boolean; earpiece?: Earpiece; hear?: () => void; sent?: boolean } = {}) {
  const listened: string[] = [];
  const closed: boolean[] = [];
  const playing = new Set<string>();
  let plug: (earpiece: Earpiece) => void = () => undefined;
  let line = { onTrack: (_track: MediaStreamTrack): void => undefined, onBroken: (): void => undefined };
  const copy = { readyState: 'live', enabled: false, stop: () => listened.push('stopped') };
  const track = { readyState: 'live', enabled: false, clone: () => copy } as unknown as MediaStreamTrack;
  const ear = new Ear({
    source: {} as never,
    microphone: () => (options.sent === false ? null : track),
    onChange: () => undefined,
    parts: {
      async hear(_source, { onTrack, onBroken }) {
        options.hear?.();
        line = { onTrack, onBroken };
        return { close: (tell) => void closed.push(tell) };
      },
      async hearsItself(each) {
        listened.push(each.enabled ? 'listened' : 'listened to silence');
        return options.leaks ?? false;
      },
      watch(onChange) {
        plug = onChange;
        onChange(options.earpiece ?? 'plugged');
        return () => undefined;
      },
      play({ id }) {
        playing.add(id);
        return () => void playing.delete(id);
      },
      openMicrophone: async () => copy as unknown as MediaStreamTrack,
    },
  });
  return { ear, listened, closed, playing, plug: (earpiece: Earpiece) => plug(earpiece), line: () => line, track };
}

it('plays what the coach says once the microphone has been found deaf to it, also of a host who is muted', async () => {
  const { ear, listened, line, playing, track } = open();
  await ear.putIn();
  expect([ear.state, listened, track.enabled]).toEqual(['in', ['listened', 'stopped'], false]);
  line().onTrack({ id: 'first' } as MediaStreamTrack);
  line().onTrack({ id: 'second' } as MediaStreamTrack);
  expect([...playing]).toEqual(['second']);
  ear.takeOut();
  expect([ear.state, playing.size]).toEqual(['out', 0]);
});

it('stays closed where viewers would hear the coach, and where there is no earpiece', async () => {
  const loud = open({ leaks: true });
  await loud.ear.putIn();
  expect(loud.ear.state).toBe('leaks');
  const bare = open({ earpiece: 'none' });
  await bare.ear.putIn();
  expect([bare.ear.state, bare.listened]).toEqual(['missing', []]);
  bare.plug('plugged');
  expect(bare.ear.state).toBe('out');
});

it('goes silent in the moment the earpiece is pulled, and tells the server', async () => {
  const { ear, plug, line, playing, closed } = open();
  await ear.putIn();
  line().onTrack({ id: 'voice' } as MediaStreamTrack);
  plug('none');
  expect([ear.state, playing.size, closed]).toEqual(['pulled', 0, [true]]);
});

it('takes the line up again with the connection, and gives up when nothing comes', async () => {
  const { ear, closed } = open();
  await ear.putIn();
  ear.reconnected();
  await Promise.resolve();
  expect(closed).toEqual([false]);
  ear.close();
  const broken = open({ hear: () => { throw new Error('no network'); } });
  await broken.ear.putIn();
  expect(broken.ear.state).toBe('connecting');
  broken.ear.close();
  expect(broken.ear.state).toBe('out');
});
