// Owns the cases about replays as files: moments that are none, clips that are too long, passes and tickets that are made up, traversal.
import type { ErrorCode } from '../../../server/protocol/errors.ts';
import type { HttpCase } from '../http-client.ts';
import type { Target } from '../market.ts';
import { UNKNOWN_ID } from './endpoints.ts';

const NO_MOMENT = ['-1', '1.5', '1e3', '0x10', 'NaN', 'null', '', '9999999999', '%00', '1%202', '%D9%A1', '..%2f..%2fetc%2fpasswd', '%2e%2e', '__proto__'];

export function replayCases({ target, stranger, viewerToken }: { target: Target; stranger: Target; viewerToken: string }): HttpCase[] {
  const base = `/api/v1/shows/${target.show.id}`;
  const get = (path: string, codes: readonly ErrorCode[], token?: string): HttpCase => ({
    what: `GET ${path.slice(0, 120)}`,
    method: 'GET',
    path,
    codes,
    ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
  });
  const invalid = ['input.invalid'] as const;
  const none = ['input.invalid', 'not-found'] as const;
  return [
    ...NO_MOMENT.map((moment) => get(`${base}/replay/frames/${moment}/160`, none)),
    ...['0', '161', '160.0', '1e2', '-160', '4096', 'wide', '%00'].map((width) => get(`${base}/replay/frames/0/${width}`, none)),
    ...['pass=', 'pass=%00', 'pass=a&pass=b', 'pass[x]=1', `pass=${'a'.repeat(300)}`, 'surprise=1'].map((query) => get(`${base}/replay/frames/0/160?${query}`, invalid)),
    ...NO_MOMENT.flatMap((moment) => [get(`${base}/replay/clip.mp4?from=${moment}&to=5000`, invalid), get(`${base}/replay/clip.mp4?from=0&to=${moment}`, invalid)]),
    ...['', '?from=0', '?to=1000', '?from=0&to=0', '?from=2000&to=1000', '?from=0&to=300001', '?from=0&from=1&to=1000', '?from=0&to=1000&x=1', '?from=999000000&to=999001000'].map((query) =>
      get(`${base}/replay/clip.mp4${query}`, query.includes('999001000') ? ['input.invalid', 'replay.not-found'] : invalid),
    ),
    ...['', '?ticket=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'].flatMap((query) => [
      get(`${base}/replay/show.mp4${query}`, ['auth.forbidden']),
      get(`${base}/replay/show.mp4${query}`, ['auth.forbidden'], viewerToken),
      get(`${base}/replay/show.mp4${query}`, ['auth.forbidden'], stranger.hostToken),
    ]),
    ...['?ticket=', '?ticket=a&ticket=b', '?ticket=%00', `?ticket=${'a'.repeat(300)}`, '?x=1'].map((query) => get(`${base}/replay/show.mp4${query}`, invalid)),
    get(`${base}/pins/log.csv`, ['auth.missing']),
    get(`${base}/pins/log.csv`, ['auth.forbidden'], viewerToken),
    get(`${base}/pins/log.csv`, ['auth.forbidden'], stranger.hostToken),
    get(`${base}/pins/log.csv?x=1`, invalid, target.hostToken),
    ...['replay', 'replay/clip.mp4?from=0&to=1000', 'replay/show.mp4', 'replay/frames/0/160'].flatMap((rest) =>
      [UNKNOWN_ID, '%00', 'x'.repeat(100), '..%2f..', '__proto__'].map((showId) => get(`/api/v1/shows/${showId}/${rest}`, none)),
    ),
  ];
}
