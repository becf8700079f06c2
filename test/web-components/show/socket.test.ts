// Owns how the live socket behaves towards a page: acks as answers, a state in plain sight, back by itself.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveSocket } from '../../../web-components/show/socket.ts';
import { FakeSocket } from './fake-socket.ts';

describe('LiveSocket', () => {
  let raw: FakeSocket;
  let socket: LiveSocket;
  const asked: boolean[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    raw = new FakeSocket();
    asked.length = 0;
    const token = async (refresh = false) => {
      asked.push(refresh);
      return 'token';
    };
    socket = new LiveSocket({ serverUrl: '', open: raw.open, token });
  });
  afterEach(() => {
    socket.close();
    vi.useRealTimers();
  });

  it('goes through its states and hands its token over', async () => {
    const states: string[] = [];
    socket.onState((state) => states.push(state));
    socket.connect();
    await vi.advanceTimersByTimeAsync(0);
    expect(raw.auth).toEqual({ token: 'token' });
    raw.accept();
    raw.lose();
    raw.accept();
    expect(states).toEqual(['connecting', 'connected', 'offline', 'connected']);
  });

  it('answers at once when it is not connected, and after its time when the ack is lost', async () => {
    socket.connect();
    expect(await socket.request('show.leave', {})).toMatchObject({ ok: false, error: { code: 'network.offline' } });
    raw.accept();
    const lost = socket.request('show.leave', {}, 500);
    await vi.advanceTimersByTimeAsync(600);
    expect(await lost).toMatchObject({ ok: false, error: { code: 'network.timeout' } });
  });

  it('comes back by itself after the server has closed it, and with a fresh token after a refusal', async () => {
    socket.connect();
    await vi.advanceTimersByTimeAsync(0);
    raw.active = false;
    raw.tell('connect_error', Object.assign(new Error('no'), { data: { code: 'auth.invalid' } }));
    expect(socket.state).toBe('offline');
    await vi.advanceTimersByTimeAsync(600);
    expect(raw.connects).toBe(2);
    expect(asked).toEqual([false, true]);
  });

  it('reconnects when the server has said that it is about to stop', async () => {
    socket.connect();
    raw.accept();
    raw.tell('server.closing', { retryMs: 1_000 });
    await vi.advanceTimersByTimeAsync(1_600);
    expect(raw.connects).toBe(2);
  });

  it('stays closed once closed', async () => {
    socket.connect();
    raw.accept();
    socket.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([socket.state, raw.connects]).toEqual(['idle', 1]);
  });

  it('stops telling a listener that has unsubscribed', () => {
    const heard = vi.fn<(payload: object) => void>();
    const stop = socket.on('presence.changed', heard);
    raw.tell('presence.changed', { showId: 's', seq: 1, at: 0, viewers: 2 });
    stop();
    raw.tell('presence.changed', { showId: 's', seq: 2, at: 0, viewers: 3 });
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
