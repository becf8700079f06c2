// Behaviour of the small parts: bus, scope, tokens, logging.
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Auth, bearerToken, requireRole } from '../../../server/platform/auth.ts';
import { Bus } from '../../../server/platform/events.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { Scope } from '../../../server/platform/scope.ts';

describe('the bus', () => {
  it('tells every listener although one of them fails', async () => {
    const faults: string[] = [];
    const bus = new Bus<{ 'thing.happened': number }>((fact, error) => faults.push(`${fact}: ${(error as Error).message}`));
    const heard: number[] = [];
    bus.on('thing.happened', () => {
      throw new Error('thrown');
    });
    bus.on('thing.happened', () => Promise.reject(new Error('rejected')));
    const stop = bus.on('thing.happened', (value) => heard.push(value));
    bus.emit('thing.happened', 1);
    stop();
    bus.emit('thing.happened', 2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([1]);
    expect(faults).toEqual(['thing.happened: thrown', 'thing.happened: thrown', 'thing.happened: rejected', 'thing.happened: rejected']);
  });
});

describe('a scope', () => {
  it('closes newest first, once, and goes on after a fault', async () => {
    const scope = new Scope();
    const closed: string[] = [];
    scope.add(() => closed.push('first'));
    scope.add(() => {
      closed.push('second');
      throw new Error('stuck');
    });
    scope.add(() => closed.push('third'));
    await expect(Promise.all([scope.close(), scope.close()])).rejects.toThrow('closing failed');
    expect(closed).toEqual(['third', 'second', 'first']);
  });

  it('closes at once what is added too late', async () => {
    const scope = new Scope();
    await scope.close();
    let isClosed = false;
    scope.add(() => (isClosed = true));
    expect(isClosed).toBe(true);
  });
});

describe('tokens', () => {
  let now = 1_800_000_000_000;
  const clock = { now: () => now, after: () => () => undefined };
  const auth = new Auth(new Uint8Array(32).fill(7), clock);

  it('say who their bearer is until they expire', async () => {
    const token = await auth.sign({ role: 'host', identity: 'per_abc', showId: 'shw_abc' }, 60_000);
    expect(await auth.verify(token)).toEqual({ role: 'host', identity: 'per_abc', showId: 'shw_abc' });
    now += 61_000;
    await expect(auth.verify(token)).rejects.toMatchObject({ code: 'auth.invalid' });
  });

  it('are refused when forged, unsigned or signed with another key', async () => {
    const token = await auth.sign({ role: 'viewer', identity: 'vwr_abc' }, 60_000);
    const [header, , signature] = token.split('.');
    const payload = Buffer.from(JSON.stringify({ role: 'operator', identity: 'x', iss: 'fieldcast', exp: 4e9 })).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const foreign = await new Auth(new Uint8Array(32).fill(8), clock).sign({ role: 'operator', identity: 'x_y' }, 60_000);
    for (const forged of [`${header}.${payload}.${signature}`, `${none}.${payload}.`, foreign, 'rubbish', '']) {
      await expect(auth.verify(forged)).rejects.toMatchObject({ code: 'auth.invalid' });
    }
  });

  it('come as Bearer and nothing else', () => {
    expect(bearerToken('Bearer abc.def')).toBe('abc.def');
    expect(bearerToken(undefined)).toBeUndefined();
    for (const header of ['Basic abc', 'Bearer', 'Bearer a b', '']) expect(() => bearerToken(header)).toThrow('Bearer <token>');
  });

  it('tell "sign in" from "not allowed"', () => {
    const caller = { claims: { role: 'viewer' as const, identity: 'v' }, address: '', isKnown: false };
    expect(() => requireRole(caller, ['host'])).toThrow(expect.objectContaining({ code: 'auth.missing' }));
    expect(() => requireRole({ ...caller, isKnown: true }, ['host'])).toThrow(expect.objectContaining({ code: 'auth.forbidden' }));
  });
});

describe('the log', () => {
  it('cuts tokens and personal data', () => {
    let written = '';
    const log = createLogger('info', new Writable({
      write(chunk, _encoding, done) {
        written += String(chunk);
        done();
      },
    }));
    log.info({ buyer: { name: '李梅', phone: '13800001234' }, request: { headers: { authorization: 'Bearer abc' } }, token: 't0ken', order: { address: 'Road 1' } });
    expect(written).not.toMatch(/李梅|13800001234|Bearer abc|t0ken|Road 1/);
    expect(written).toContain('[cut]');
  });
});
