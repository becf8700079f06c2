// Owns proving how long a device watched, on which path, how long it took to begin, and when it stood still. One heartbeat every ten seconds.
import { HEARTBEAT_MOST_MS, HEARTBEAT_MS, type WatchPath, watchPaths } from '../../server/protocol/telemetry.ts';
import type { Visit } from '../show/index.ts';
import type { BatchBox } from './batch-box.ts';
import type { MeasuredPlayer } from './measured-player.ts';

/** The first one comes early, so that who has just come is seen to be there. */
const FIRST_HEARTBEAT_MS = 3_000;
/** More than this between two looks was no playing: the device slept. Timers of a page that is only heard come once a second. */
const LOOK_MOST_MS = 2_500;
/** Players say so only after this long without anything new. */
const STALL_SEEN_AFTER_MS = 1_500;
const STALL_MOST_MS = 600_000;
/** What was played before this was loaded, at the most. */
const UNSEEN_MOST_MS = 5_000;

const paths: Record<string, WatchPath> = { 'webrtc-udp': 'udp', 'webrtc-tcp': 'tcp', hls: 'hls', audio: 'sound' };

export class Watching {
  readonly #player: MeasuredPlayer;
  readonly #visit: Visit;
  readonly #box: BatchBox;
  readonly #follows: () => Promise<boolean>;
  #video: HTMLVideoElement | null = null;
  #stops: (() => void)[] = [];
  #lookedAt = performance.now();
  #time = -1;
  /** Of the heartbeat that is being gathered. */
  #playedMs = 0;
  #playedUntil = 0;
  #path = -1;
  #isReplay = false;
  #beatAt = 0;
  #beats = 0;
  #bytes = 0;
  #bytesTold = 0;
  /** Since when somebody waits for the first picture or sound. */
  #wishAt: number;
  #isLive: boolean;
  #begun = { live: false, replay: false };
  #hasFailed = false;
  #stallAt: number | null = null;

  constructor(player: MeasuredPlayer, visit: Visit, box: BatchBox, follows: () => Promise<boolean>) {
    this.#player = player;
    this.#visit = visit;
    this.#box = box;
    this.#follows = follows;
    this.#wishAt = visit.openedAt;
    this.#isLive = visit.store.snapshot?.show.status === 'live';
    void this.#readBytes();
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  look(): void {
    const { videoElement: video, state } = this.#player;
    const now = performance.now();
    this.#listen(video);
    this.#awaitLive(now);
    this.#isReplay = state === 'replay';
    const hasMoved = video.currentTime !== this.#time;
    this.#time = video.currentTime;
    const isOn = state === 'live' || this.#isReplay;
    const isPlaying = isOn && !video.paused && hasMoved;
    if (isPlaying || state === 'live') void this.#begin(now);
    this.#stalling(now);
    if (isPlaying && this.#isNoticed(video)) this.#play(now);
    else if (this.#playedMs > 0 && now - this.#playedUntil > LOOK_MOST_MS) this.pause();
    if (state === 'unavailable' && this.#isLive && !this.#begun.live && !this.#hasFailed) {
      this.#hasFailed = true;
      this.#tell([4, this.#box.now(), this.#pathNow()]);
      this.#box.flush();
    }
    this.#lookedAt = now;
  }

  /** What was played up to now is told: it stops, or the page may be about to go. */
  pause(): void {
    this.#tellPlayed();
    this.#box.soon();
  }

  #tellPlayed(): void {
    const playedMs = Math.min(Math.round(this.#playedMs), HEARTBEAT_MOST_MS);
    if (playedMs > 0) {
      const kilobytes = Math.max(0, Math.min(50_000, Math.round((this.#bytes - this.#bytesTold) / 1_000)));
      this.#bytesTold += kilobytes * 1_000;
      this.#tell([2, Math.floor(this.#playedUntil), playedMs, this.#path, kilobytes]);
      this.#beats += 1;
    }
    this.#playedMs = 0;
    this.#beatAt = performance.now();
  }

  #play(now: number): void {
    const path = this.#pathNow();
    if (path !== this.#path) this.#tellPlayed();
    if (this.#playedMs === 0 && now - this.#playedUntil > LOOK_MOST_MS) this.#beatAt = now;
    this.#path = path;
    this.#playedMs += Math.min(now - this.#lookedAt, LOOK_MOST_MS);
    this.#playedUntil = now;
    const dueMs = this.#beats === 0 ? FIRST_HEARTBEAT_MS : HEARTBEAT_MS;
    if (now - this.#beatAt < dueMs) return;
    this.#tellPlayed();
    this.#box.beat();
    // For the next one: what comes of it must not wait for statistics.
    void this.#readBytes();
  }

  async #begin(now: number): Promise<void> {
    const phase = this.#isReplay ? 'replay' : 'live';
    if (this.#begun[phase]) return;
    this.#begun[phase] = true;
    const isReplay = this.#isReplay;
    const path = this.#pathNow();
    // A live picture was there before this file was; how long, the player knows.
    const playingMs = isReplay ? 0 : Math.min((await this.#player.received()).playingMs, now - this.#wishAt);
    const at = Math.max(0, now - playingMs);
    if (playingMs > 0 && this.#isNoticed(this.#player.videoElement)) {
      // Before the first look that saw it play, it needs its path and its end from here.
      if (this.#playedMs === 0) {
        this.#path = path;
        this.#playedUntil = this.#beatAt = performance.now();
      }
      this.#playedMs += Math.min(playingMs, UNSEEN_MOST_MS);
    }
    this.#box.add([3, Math.floor(at), Math.min(300_000, Math.max(0, Math.round(at - this.#wishAt))), path], isReplay);
    const follows = await this.#follows().catch(() => false);
    this.#box.add([1, Math.floor(at), path, follows ? 1 : 0], isReplay);
  }

  /** Who waited for the show to begin has wished for a picture only since it did. */
  #awaitLive(now: number): void {
    const isLive = this.#visit.store.snapshot?.show.status === 'live';
    if (isLive && !this.#isLive && !this.#begun.live) this.#wishAt = now;
    this.#isLive = isLive;
  }

  /** Live, the player says when it stands still; in a replay the video element does. */
  #stalling(now: number): void {
    const { state, videoElement: video } = this.#player;
    if (state === 'reconnecting' && this.#begun.live) this.#stallAt ??= this.#isNoticed(video) ? now - STALL_SEEN_AFTER_MS : null;
    else if (!this.#isReplay) this.#endStall(now);
  }

  #endStall(now: number): void {
    if (this.#stallAt === null) return;
    const lastedMs = Math.round(now - this.#stallAt);
    this.#stallAt = null;
    if (lastedMs > 0) this.#tell([5, Math.floor(now), Math.min(lastedMs, STALL_MOST_MS), this.#path < 0 ? this.#pathNow() : this.#path]);
  }

  #listen(video: HTMLVideoElement): void {
    if (video === this.#video) return;
    this.close();
    this.#video = video;
    this.#time = video.currentTime;
    let isSought = false;
    const hear = (name: string, listener: () => void): void => {
      video.addEventListener(name, listener);
      this.#stops.push(() => video.removeEventListener(name, listener));
    };
    this.#stops = [];
    const inReplay = (work: () => void) => () => void (this.#player.state === 'replay' && work());
    hear('play', inReplay(() => void (this.#begun.replay || (this.#wishAt = performance.now()))));
    // Who jumps waits for the new place, which is no stall.
    hear('seeking', inReplay(() => (isSought = true)));
    hear('waiting', inReplay(() => void (!isSought && this.#begun.replay && (this.#stallAt ??= performance.now()))));
    hear('playing', inReplay(() => {
      isSought = false;
      this.#endStall(performance.now());
    }));
    hear('pause', () => this.pause());
  }

  /** A page that nobody sees counts only while it is heard. */
  #isNoticed(video: HTMLVideoElement): boolean {
    return document.visibilityState === 'visible' || (!video.muted && video.volume > 0);
  }

  #pathNow(): number {
    const { path, isRelayed } = this.#player;
    const way: WatchPath = this.#isReplay ? 'replay' : path === null ? 'hls' : (paths[path] ?? 'hls');
    return watchPaths.indexOf(isRelayed && (way === 'udp' || way === 'tcp') ? 'turn' : way);
  }

  async #readBytes(): Promise<void> {
    const replay = this.#player.renderRoot.querySelector<HTMLElement & { receivedBytes?: number }>('fieldcast-replay');
    const { bytes } = await this.#player.received();
    this.#bytes = Math.max(this.#bytes, bytes + (replay?.receivedBytes ?? 0));
  }

  #tell(event: Parameters<BatchBox['add']>[0]): void {
    this.#box.add(event, this.#isReplay);
  }
}
