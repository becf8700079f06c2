// Owns a stand-in for a server whose show is over: the built elements, a joined show, a replay of 40 s made by ffmpeg. Tests set what it
// answers, so that trouble on the way can be seen which a real server does not make at will.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { Server } from 'socket.io';
import type { CommandResult } from '../../server/protocol/commands.ts';
import type { EventPayload } from '../../server/protocol/events.ts';
import type { Chapter, Replay } from '../../server/protocol/replay.ts';
import type { Product } from '../../server/protocol/shop.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';

const BUILT = join(import.meta.dirname, '../../dist/web-components');
export const STAND_LENGTH_MS = 40_000;
/** Brightness of the picture grows by so much with each second; `readSecond` runs in the page and has the number once more. */
const STEP = 5;

const types: Record<string, string> = { '.js': 'text/javascript', '.m3u8': 'application/vnd.apple.mpegurl', '.m4s': 'video/iso.segment', '.mp4': 'video/mp4' };

export interface OverShow {
  readonly url: string;
  readonly snapshot: ShowSnapshot;
  readonly replay: Replay;
  /** Everything asked for, as `GET /path`. */
  readonly asked: string[];
  /** Paths that match it are refused with 403, e.g. a pass that has run out. */
  refuse: RegExp | null;
  /** The page at `/a-shop`. */
  page: { html: string; css: string; policy: string };
  /** WebVTT; empty where the show has no captions. */
  captions: string;
  /** Tells everybody in the room. */
  say<N extends 'show.changed' | 'replay.changed'>(name: N, payload: Omit<EventPayload<N>, 'showId' | 'seq' | 'at'>): void;
  close(): Promise<void>;
}

/** Its folder; the same for all tests of a process, because ffmpeg takes longer for it than most of them. */
let recording: Promise<string> | undefined;

export async function openOverShow({ snapshot, chapters }: { snapshot: ShowSnapshot; chapters: Pick<Chapter, 'productId' | 'startMs' | 'endMs'>[] }): Promise<OverShow> {
  const folder = await (recording ??= makeRecording());
  const http = createServer();
  const io = new Server(http, { path: '/socket.io/' });
  const { show } = snapshot;
  const nameOf = (productId: string) => snapshot.shelf.find(({ id }: Product) => id === productId)?.name ?? 'Gone';
  const stand: OverShow = {
    url: '',
    snapshot,
    replay: {
      showId: show.id,
      state: 'ready',
      startedAt: show.startedAt ?? 0,
      durationMs: STAND_LENGTH_MS,
      hlsUrl: `/hls/${show.id}/pass-1/index.m3u8`,
      posterUrl: '/poster',
      frameUrl: '/frames/{ms}/{width}',
      clipUrl: '/clip/{from}/{to}',
      stretches: [{ startMs: 0, endMs: STAND_LENGTH_MS, at: show.startedAt ?? 0 }],
      chapters: chapters.map((chapter) => ({ ...chapter, name: nameOf(chapter.productId), pictureId: null, thumbnailUrl: `/frames/${chapter.startMs}/480`, clipUrl: `/clip/${chapter.startMs}/${chapter.endMs}` })),
      pins: [{ atMs: 0, productIds: [] }, ...chapters.flatMap(({ productId, startMs, endMs }) => [{ atMs: startMs, productIds: [productId] }, { atMs: endMs, productIds: [] }])],
      explained: [],
      keptUntil: null,
    },
    asked: [],
    refuse: null,
    captions: '',
    page: { html: '', css: '', policy: '' },
    say(name, payload) {
      snapshot.seq += 1;
      io.emit(name, { showId: show.id, seq: snapshot.seq, at: Date.now(), ...payload });
    },
    async close() {
      await io.close();
    },
  };
  io.on('connection', (socket) => {
    socket.on('show.join', (_: unknown, answer: (value: unknown) => void) => {
      const value: Omit<CommandResult<'show.join'>, 'rtpCapabilities'> & { rtpCapabilities: unknown } = {
        snapshot: { ...snapshot, serverTime: Date.now() },
        rtpCapabilities: { codecs: [], headerExtensions: [] },
        stream: { epoch: 1, producers: [] } as unknown as CommandResult<'show.join'>['stream'],
        viewerToken: null,
        isStaff: false,
        hlsUrl: null,
      } as never;
      answer({ ok: true, value });
    });
  });
  http.on('request', (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://stand');
    if (pathname.startsWith('/socket.io/')) return;
    stand.asked.push(`${request.method} ${pathname}`);
    const answer = (status: number, type: string, body: string | Buffer) => void response.writeHead(status, { 'content-type': type }).end(body);
    if (stand.refuse?.test(pathname)) return answer(403, 'text/plain', 'refused');
    if (pathname === `/api/v1/shows/${show.id}/replay`) return answer(200, 'application/json', JSON.stringify(stand.replay));
    if (pathname === `/api/v1/shows/${show.id}/captions.vtt` && stand.captions) return answer(200, 'text/vtt', stand.captions);
    if (pathname === '/a-shop.css') return answer(200, 'text/css', stand.page.css);
    if (pathname === '/a-shop') {
      response.setHeader('content-security-policy', stand.page.policy);
      return answer(200, 'text/html; charset=utf-8', stand.page.html);
    }
    const file = pathname.startsWith('/hls/') ? join(folder, pathname.split('/').slice(4).join('/')) : join(BUILT, pathname);
    readFile(file).then(
      (bytes) => answer(200, types[extname(file)] ?? 'application/octet-stream', bytes),
      () => answer(404, 'text/plain', 'nothing here'),
    );
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return Object.assign(stand, { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
}

/** H.264 without B-frames beside Opus, as a show is recorded; each second of the picture is a little brighter than the one before. */
async function makeRecording(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-replay-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await Promise.all(['video', 'opus'].map((name) => mkdir(join(folder, name))));
  const seconds = STAND_LENGTH_MS / 1000;
  await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', `color=black:s=90x160:r=10:d=${seconds},format=yuv420p,geq=lum='16+${STEP}*floor(T)':cb=128:cr=128`],
    ...['-f', 'lavfi', '-i', `sine=440:d=${seconds}:r=48000`, '-map', '0:v', '-map', '1:a'],
    ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-g', '20', '-qp', '18', '-c:a', 'libopus', '-b:a', '24k', '-strict', '-2'],
    ...['-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', 'init.mp4', '-hls_segment_filename', join(folder, '%v/%d.m4s')],
    ...['-master_pl_name', 'index.m3u8', '-var_stream_map', 'v:0,agroup:sound,name:video a:0,agroup:sound,default:yes,name:opus', join(folder, '%v/index.m3u8')],
  ]);
  return folder;
}

/** In the page: the second of the recording that `video` shows, by its brightness; null without a picture. */
export function readSecond(video: HTMLVideoElement): number | null {
  if (video.videoWidth === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.drawImage(video, 0, 0, 1, 1);
  const [red = 0] = context.getImageData(0, 0, 1, 1).data;
  return Math.round(red / (5 * (255 / 219)));
}
