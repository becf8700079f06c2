// Talking into an ear: only while the button is held, never into an ear that does not hear, and refused by name.
import { expect, it } from 'vitest';
import { type MouthState, Mouth } from '../../../web-components/coach/mouth.ts';
import { LineError } from '../../../web-components/playback/private-line.ts';

function open(options: { talk?: (isTalking: boolean) => string | undefined; speak?: () => void; microphone?: () => void } = {}) {
  const track = { enabled: false } as MediaStreamTrack;
  const asked: string[] = [];
  const states: MouthState['name'][] = [];
  let broke = (): void => undefined;
  const closed: boolean[] = [];
  const mouth = new Mouth({
    source: {
      rtpCapabilities: {},
      on: () => () => undefined,
      async request(name: string, input: unknown) {
        const { isTalking } = input as { isTalking: boolean };
        asked.push(`${name} ${isTalking}`);
        const code = options.talk?.(isTalking);
        return (code ? { ok: false, error: { code, status: 409 } } : { ok: true, value: {} }) as never;
      },
    },
    microphone: {
      async open() {
        options.microphone?.();
        return track;
      },
    },
    onChange: ({ name }) => states.push(name),
    async speak(_source, _track, { onBroken }) {
      options.speak?.();
      broke = onBroken;
      return { close: (tell) => void closed.push(tell) };
    },
  });
  return { mouth, track, asked, states, closed, breakLine: () => broke() };
}

it('sends the voice while the button is held, and opens the line once', async () => {
  const { mouth, track, asked, states } = open();
  await mouth.press();
  expect([track.enabled, mouth.state.name]).toEqual([true, 'talking']);
  await mouth.release();
  expect([track.enabled, mouth.state.name]).toEqual([false, 'ready']);
  await mouth.press();
  await mouth.release();
  expect(asked).toEqual(['whisper.talk true', 'whisper.talk false', 'whisper.talk true', 'whisper.talk false']);
  expect(states).toEqual(['opening', 'ready', 'talking', 'ready', 'talking', 'ready']);
});

it('says nothing of a press that was over before the line stood', async () => {
  const { mouth, track, asked } = open();
  const pressing = mouth.press();
  await mouth.release();
  await pressing;
  expect([asked, track.enabled]).toEqual([[], false]);
});

it('says whom there is to wait for, and that nobody hears', async () => {
  const busy = open({ speak: () => { throw new LineError({ code: 'whisper.busy', params: { name: 'Zhao' } }); } });
  await busy.mouth.press();
  expect(busy.mouth.state).toEqual({ name: 'busy', by: 'Zhao' });
  const deaf = open({ talk: () => 'whisper.no-ear' });
  await deaf.mouth.press();
  expect([deaf.mouth.state.name, deaf.track.enabled, deaf.mouth.isPressed]).toEqual(['no-ear', false, false]);
  const dumb = open({ microphone: () => { throw new DOMException('no', 'NotAllowedError'); } });
  await dumb.mouth.press();
  expect(dumb.mouth.state.name).toBe('microphone');
});

it('opens the line anew when it went with a lost connection, and gives up when that is gone too', async () => {
  let gone = 1;
  const once = open({ talk: () => (gone-- > 0 ? 'media.not-found' : undefined) });
  await once.mouth.press();
  expect([once.mouth.state.name, once.track.enabled, once.closed]).toEqual(['talking', true, [false]]);
  const never = open({ talk: () => 'media.not-found' });
  await never.mouth.press();
  expect([never.mouth.state.name, never.track.enabled, never.mouth.isPressed, never.asked.length]).toEqual(['failed', false, false, 2]);
});

it('is silent at once when the earpiece goes out, and when the line breaks', async () => {
  const { mouth, track, breakLine } = open();
  await mouth.press();
  mouth.unheard();
  expect([track.enabled, mouth.state.name]).toEqual([false, 'no-ear']);
  await mouth.press();
  expect(track.enabled).toBe(true);
  breakLine();
  expect([track.enabled, mouth.state.name]).toEqual([false, 'failed']);
});

it('leaves the line when the coach turns to somebody else', async () => {
  const { mouth, track, closed } = open();
  await mouth.press();
  mouth.close();
  expect([track.enabled, closed, mouth.state.name]).toEqual([false, [true], 'closed']);
  await mouth.press();
  expect(track.enabled).toBe(false);
});
