// The line to a host's ear as coaches and host find it: whose it is, who is refused, and what is left when one goes in the middle.
import { expect, test } from 'vitest';
import type { EgressSession, EndReason, IngestSession, PrivateStream } from '../../../../server/media/index.ts';
import type { FieldcastError } from '../../../../server/platform/errors.ts';
import type { ConsumerInfo } from '../../../../server/protocol/media.ts';
import type { WhisperState } from '../../../../server/protocol/coach-desk.ts';
import { type End, HELD_AFTER_TALK_MS, Line } from '../../../../server/training/whisper/line.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const CODECS = {} as never;

/** A session without media: what the line does with it is written down. */
function session(id: string) {
  const listeners: ((reason: EndReason) => void)[] = [];
  const done: string[] = [];
  const consumers: ConsumerInfo[] = [];
  return {
    done,
    consumers,
    transport: { id },
    produce: async () => ({ producerId: `sound-of-${id}` }),
    pause: async (_producerId: string, isPaused: boolean) => void done.push(isPaused ? 'silent' : 'talking'),
    consume: async () => [{ id: `ear-${done.length}` }],
    resume: async (ids: string[]) => void done.push(`hears ${ids.join()}`),
    connect: async () => void done.push('connected'),
    onClosed: (listener: (reason: EndReason) => void) => void listeners.push(listener),
    close(reason: EndReason = 'closed') {
      for (const listener of listeners.splice(0)) listener(reason);
    },
  };
}

function open() {
  const clock = new FakeClock();
  const sessions: ReturnType<typeof session>[] = [];
  const states: WhisperState[] = [];
  let isEmpty = 0;
  const make = () => {
    const made = session(`transport-${sessions.length + 1}`);
    sessions.push(made);
    return made;
  };
  const line = new Line<string>({
    stream: { speak: async () => make() as unknown as IngestSession, hear: async () => make() as unknown as EgressSession } as unknown as PrivateStream<string>,
    clock,
    changed: (state) => states.push(state),
    empty: () => (isEmpty += 1),
  });
  const lost: string[] = [];
  const end = (name: string, peerId = `socket-of-${name}`): End => ({ peerId, identity: `per-${name}`, name, lost: (id) => lost.push(`${name} ${id}`) });
  const came: ConsumerInfo[][] = [];
  const hear = (peer = end('Wang')) => line.hear(peer, 'Wang', { rtpCapabilities: CODECS, forceTcp: false, take: (consumers) => came.push(consumers) });
  const speak = async (name: string) => {
    const { id } = await line.open(end(name), { forceTcp: false });
    await line.produce(`socket-of-${name}`, id, CODECS);
    return id;
  };
  return { line, clock, sessions, states, lost, end, hear, speak, came, emptied: () => isEmpty };
}

test('a coach talks while the button is held, and is silent before and after', async () => {
  const { line, hear, speak, sessions, states, came } = open();
  await hear();
  await speak('Li');
  expect(sessions[1]?.done).toEqual(['silent']);
  expect(came).toEqual([[{ id: 'ear-0' }]]);
  await line.talk('socket-of-Li', true);
  expect(line.state).toEqual({ coach: 'Li', isTalking: true, canHear: true });
  await line.talk('socket-of-Li', false);
  expect(sessions[1]?.done).toEqual(['silent', 'talking', 'silent']);
  expect(states.map(({ isTalking }) => isTalking)).toEqual([false, false, true, false]);
});

test('nobody talks to a host who has no earpiece in', async () => {
  const { line, speak, sessions } = open();
  await speak('Li');
  await expect(line.talk('socket-of-Li', true)).rejects.toMatchObject({ code: 'whisper.no-ear' });
  expect(sessions[0]?.done).toEqual(['silent']);
});

test('a second coach is refused by name while the first talks, and until the sentence is over', async () => {
  const { line, clock, hear, speak, end, lost } = open();
  await hear();
  await speak('Li');
  await line.talk('socket-of-Li', true);
  const refused = { code: 'whisper.busy', params: { name: 'Li' } };
  const refusal = () => line.open(end('Zhao'), { forceTcp: false }).catch((error: FieldcastError) => error.toProblem());
  expect(await refusal()).toMatchObject(refused);
  await line.talk('socket-of-Li', false);
  clock.advance(HELD_AFTER_TALK_MS - 1);
  expect(await refusal()).toMatchObject(refused);
  clock.advance(1);
  await speak('Zhao');
  expect(line.state.coach).toBe('Zhao');
  expect(lost).toEqual(['Li transport-2']);
  await expect(line.talk('socket-of-Li', true)).rejects.toMatchObject({ code: 'media.not-found' });
});

test('two coaches in the same moment: one of them has the line', async () => {
  const { line, end, hear } = open();
  await hear();
  const [first, second] = await Promise.all([line.open(end('Li'), { forceTcp: false }), line.open(end('Zhao'), { forceTcp: false })]);
  await line.produce('socket-of-Zhao', second.id, CODECS);
  await expect(line.produce('socket-of-Li', first.id, CODECS)).rejects.toMatchObject({ code: 'media.not-found' });
});

test('a coach\'s second device takes over from the first without waiting', async () => {
  const { line, hear, speak, end } = open();
  await hear();
  await speak('Li');
  await line.talk('socket-of-Li', true);
  await line.open(end('Li', 'socket-of-her-phone'), { forceTcp: false });
  expect(line.state).toEqual({ coach: 'Li', isTalking: false, canHear: true });
});

test('a coach who leaves in the middle of a word is off the line', async () => {
  const { line, hear, speak } = open();
  await hear();
  await speak('Li');
  await line.talk('socket-of-Li', true);
  line.leave('socket-of-Li');
  expect(line.state).toEqual({ coach: null, isTalking: false, canHear: true });
});

test('a host who takes the earpiece out ends the talking, not the line', async () => {
  const { line, hear, speak, sessions, states } = open();
  await hear();
  await speak('Li');
  await line.talk('socket-of-Li', true);
  line.leave('socket-of-Wang');
  expect(line.state).toEqual({ coach: 'Li', isTalking: false, canHear: false });
  expect(sessions[1]?.done.at(-1)).toBe('silent');
  expect(states.at(-1)?.canHear).toBe(false);
});

test('the ear is one: the host\'s other phone takes it over', async () => {
  const { hear, end, lost } = open();
  await hear();
  await hear(end('Wang', 'socket-of-another-phone'));
  expect(lost).toEqual(['Wang transport-1']);
});

test('transports are theirs who opened them', async () => {
  const { line, hear, speak } = open();
  const { transport } = await hear();
  const id = await speak('Li');
  await expect(line.connect('socket-of-Li', transport.id, CODECS)).rejects.toMatchObject({ code: 'media.not-found' });
  await expect(line.connect('socket-of-Zhao', id, CODECS)).rejects.toMatchObject({ code: 'media.not-found' });
  await line.connect('socket-of-Li', id, CODECS);
});

test('when the last one has gone the line is given up', async () => {
  const { line, hear, speak, emptied } = open();
  await hear();
  await speak('Li');
  line.leave('socket-of-Wang');
  expect(emptied()).toBe(0);
  line.leave('socket-of-Li');
  expect(emptied()).toBe(1);
});
