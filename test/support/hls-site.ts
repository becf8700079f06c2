// Owns a small site for tests of HLS: the routes over real HTTP, with windows that a test fills itself.
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { HlsPasses } from '../../server/media/hls/passes.ts';
import { hlsRoutes, type HlsRoutesDeps } from '../../server/media/hls/routes.ts';
import { Segmenter } from '../../server/media/hls/segmenter.ts';
import { LiveWindow } from '../../server/media/hls/window.ts';
import { Auth, type Caller } from '../../server/platform/auth.ts';
import { type Clock, systemClock } from '../../server/platform/clock.ts';
import { FieldcastError } from '../../server/platform/errors.ts';
import { createHttpServer, registerRoutes } from '../../server/platform/http/server.ts';
import { Metrics } from '../../server/platform/metrics.ts';

export interface HlsSite {
  url: string;
  auth: Auth;
  passes: HlsPasses;
  /** A stream that is packaged from now on. */
  open(streamId: string, options?: { isGated?: boolean; sequence?: number }): { window: LiveWindow; segmenter: Segmenter };
  /** The show is over; its window stays. */
  end(streamId: string): void;
  /** Streams that were wanted, with the rendition, in order. */
  wanted: string[];
  /** The server begins to stop; it still answers. */
  stopping(): void;
  close(): Promise<void>;
}

export async function openHlsSite(options: { clock?: Clock; replays?: HlsRoutesDeps['replays'] } = {}): Promise<HlsSite> {
  const { clock = systemClock, replays = { vodPlaylist: async () => undefined, recordedFile: async () => undefined } } = options;
  const closing = new AbortController();
  const shows = new Map<string, { window: LiveWindow | undefined; isGated: boolean; isOver: boolean }>([
    ['show-waiting', { window: undefined, isGated: false, isOver: false }],
    ['show-unrecorded', { window: undefined, isGated: false, isOver: true }],
  ]);
  const wanted: string[] = [];
  const auth = new Auth(randomBytes(32), clock);
  const passes = new HlsPasses(randomBytes(32), clock);
  const metrics = new Metrics();
  const about = async (streamId: string) => {
    const show = shows.get(streamId);
    if (!show) throw new FieldcastError('not-found', 'There is no such show.');
    return show;
  };
  const routes = hlsRoutes({
    live: {
      find: (streamId) => shows.get(streamId)?.window,
      want(streamId, rendition) {
        wanted.push(`${streamId} ${rendition}`);
        const window = shows.get(streamId)?.window;
        if (!window) throw new FieldcastError('show.not-live', 'Nothing is sent yet.', { headers: { 'retry-after': '2' } });
        return window;
      },
    },
    access: {
      about,
      async mayWatch(caller: Caller, streamId) {
        if ((await about(streamId)).isGated && !caller.isKnown) throw new FieldcastError('auth.missing', 'This show is gated.');
      },
    },
    passes,
    clock,
    replays,
    closing: closing.signal,
  });
  const app: FastifyInstance = await createHttpServer({ auth, log: pino({ level: 'silent' }), metrics, allowedOrigins: ['*'] });
  registerRoutes(app, routes, auth);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    auth,
    passes,
    open(streamId, { isGated = false, sequence = 0 } = {}) {
      const window = new LiveWindow();
      shows.set(streamId, { window, isGated, isOver: false });
      return { window, segmenter: new Segmenter({ numbering: { sequence, stretch: 0 }, parts: window }) };
    },
    end(streamId) {
      const show = shows.get(streamId);
      show?.window?.end();
      if (show) show.isOver = true;
    },
    wanted,
    stopping: () => closing.abort(),
    async close() {
      closing.abort();
      // Answers of which a test read no more than the status would be waited for until the connection is too old.
      const cut = setTimeout(() => app.server.closeAllConnections(), 300);
      await app.close();
      clearTimeout(cut);
      await metrics.close();
    },
  };
}
