// Owns one audience that is played in one rehearsal: its clock, its people, and what of it is kept so that a restart takes it up again.
import type { ScriptLang } from '../../protocol/cue-limits.ts';
import { PLAYED_LOG_LIMIT, type PlayedEntry, type PlayedRun } from '../../protocol/played-audience.ts';
import type { ActRequest, Scenario } from '../../protocol/scenario.ts';
import type { Show } from '../../protocol/show.ts';
import { type Clock, steady } from '../../platform/clock.ts';
import { toProblem } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { type Casting, castByHand } from './by-hand.ts';
import { callerName, type Doings, type Planted, type Playing } from './doings.ts';
import { type Plan, type PlannedAct, planOf } from './plan.ts';
import { comings, roomAfter } from './room.ts';
import { inBoth } from './scenarios.ts';

/** What of a run is on the disk. */
export interface KeptRun {
  id: string;
  showId: string;
  scenario: { id: string; text: string; scenario: Scenario } | null;
  language: ScriptLang;
  seed: number;
  speed: number;
  isPaused: boolean;
  endedBy: PlayedRun['endedBy'];
  elapsedMs: number;
  played: number;
  acted: number;
  planted: Planted[];
  log: PlayedEntry[];
}

export interface RunDeps {
  clock: Clock;
  log: Logger;
  doings: Pick<Doings, 'enter' | 'do' | 'narrow' | 'putRight'>;
  showOf: (showId: string) => Promise<Show>;
  keep: (run: KeptRun) => Promise<void>;
  tell: (run: PlayedRun) => void;
}

/** More people than this in one room are only numbers. */
const ROOM_MOST = 1_000;

export class Run {
  readonly #deps: RunDeps;
  readonly #clock: Clock;
  readonly #plan: Plan;
  readonly #kept: KeptRun;
  /** Who is in the room, and how to count them out. */
  readonly #room = new Map<number, () => void>();
  readonly #casting: Casting = { newcomers: 0, said: new Map() };
  /** Since when the clock goes, with what was lived through before. */
  #going: { since: number; elapsedMs: number } | undefined;
  #isOnAir = false;
  #dropUntil: number | null = null;
  #cancelTimer: (() => void) | undefined;
  #cancelDrop: (() => void) | undefined;
  /** Acts one after the other, however many are due. */
  #work: Promise<void> = Promise.resolve();

  constructor(deps: RunDeps, kept: KeptRun) {
    this.#deps = deps;
    this.#clock = steady(deps.clock);
    this.#kept = kept;
    this.#plan = kept.scenario ? planOf(kept.scenario.scenario, kept.seed) : { seed: kept.seed, durationMs: 0, acts: [] };
  }

  get showId(): string {
    return this.#kept.showId;
  }

  get isOver(): boolean {
    return this.#kept.endedBy !== null;
  }

  /** People who were there when the server stopped are there again; the clock goes when the show is on the air. */
  async begin(show: Show): Promise<void> {
    if (!this.isOver) for (const viewer of roomAfter(this.#plan, this.#kept.played)) this.#enter(show, viewer);
    await this.#deps.keep(this.#kept);
    await this.follow(show);
  }

  /** The show as it is now. */
  async follow(show: Show): Promise<void> {
    if (show.status === 'ended') return this.end('show-over');
    const isOnAir = show.status === 'live';
    if (isOnAir === this.#isOnAir) return;
    this.#isOnAir = isOnAir;
    this.#reckon();
    await this.#keepAndTell();
  }

  async change({ isPaused, speed }: { isPaused?: boolean | undefined; speed?: number | undefined }): Promise<void> {
    if (this.isOver) return;
    this.#stopClock();
    if (isPaused !== undefined) this.#kept.isPaused = isPaused;
    if (speed !== undefined) this.#kept.speed = speed;
    this.#reckon();
    await this.#keepAndTell();
  }

  /** A single act now, for which the show need not be on the air. */
  async act(request: ActRequest): Promise<void> {
    if (this.isOver) return;
    await this.#inTurn(async () => {
      const act = castByHand(request, { plan: this.#plan, played: this.#kept.played, present: [...this.#room.keys()] }, this.#casting);
      await this.#perform(act, true);
    });
  }

  /** Everybody leaves, the line is wide again, what was made wrong is put right. */
  async end(by: NonNullable<PlayedRun['endedBy']>): Promise<void> {
    if (this.isOver) return;
    this.#halt();
    this.#kept.endedBy = by;
    await this.#inTurn(async () => {
      this.#emptyRoom();
      await this.#widen();
      await this.#deps.doings.putRight(this.showId, this.#kept.planted);
      this.#kept.planted = [];
      await this.#keepAndTell();
    });
  }

  /** The server stops: what is kept goes on with the next start. */
  async close(): Promise<void> {
    this.#halt();
    await this.#inTurn(async () => {
      this.#emptyRoom();
      await this.#widen();
      if (!this.isOver) await this.#deps.keep(this.#kept);
    });
  }

  /** Resolves when all that was due has been done. */
  settled(): Promise<void> {
    return this.#work;
  }

  view(): PlayedRun {
    const { id, scenario, language, speed, seed, isPaused, endedBy, played, log } = this.#kept;
    const next = endedBy === null ? this.#plan.acts[played] : undefined;
    return {
      id,
      scenario: scenario && { id: scenario.id, name: inBoth(scenario.scenario.name) },
      language,
      seed,
      speed,
      state: endedBy !== null ? 'ended' : isPaused ? 'paused' : this.#isOnAir ? 'playing' : 'waiting',
      endedBy,
      elapsedMs: Math.round(this.#elapsedMs()),
      durationMs: this.#plan.durationMs,
      played,
      acts: this.#plan.acts.length,
      viewers: this.#room.size,
      next: next ? { atMs: next.atMs, act: next.act } : null,
      dropUntil: this.#dropUntil,
      log,
    };
  }

  #elapsedMs(): number {
    if (!this.#going) return this.#kept.elapsedMs;
    return Math.min(this.#plan.durationMs, this.#going.elapsedMs + (this.#clock.now() - this.#going.since) * this.#kept.speed);
  }

  #stopClock(): void {
    this.#cancelTimer?.();
    this.#kept.elapsedMs = this.#elapsedMs();
    this.#going = undefined;
  }

  /** Lets the clock go or stand as things are, and waits for what comes next. */
  #reckon(): void {
    this.#stopClock();
    if (this.isOver || this.#kept.isPaused || !this.#isOnAir || !this.#kept.scenario) return;
    this.#going = { since: this.#clock.now(), elapsedMs: this.#kept.elapsedMs };
    const dueMs = this.#plan.acts[this.#kept.played]?.atMs ?? this.#plan.durationMs;
    this.#cancelTimer = this.#clock.after(Math.max(0, (dueMs - this.#kept.elapsedMs) / this.#kept.speed), () => this.#inTurn(() => this.#playDue()));
  }

  async #playDue(): Promise<void> {
    // Timers may ring a moment early, as sums of fractions do.
    const isDue = (atMs: number): boolean => atMs <= this.#elapsedMs() + 1;
    for (let act = this.#plan.acts[this.#kept.played]; this.#going && act && isDue(act.atMs); act = this.#plan.acts[this.#kept.played]) {
      this.#kept.played += 1;
      await this.#perform(act, false);
    }
    if (!this.#going || this.isOver) return;
    if (this.#kept.played === this.#plan.acts.length && isDue(this.#plan.durationMs)) void this.end('done');
    else this.#reckon();
  }

  async #perform(act: PlannedAct, isByHand: boolean): Promise<void> {
    const number = (this.#kept.acted += 1);
    const entry: PlayedEntry = { number, at: this.#deps.clock.now(), act: act.act, name: act.act === 'burst' ? '' : callerName(act.viewer, this.#kept.language), text: '', product: '', amount: act.count ?? act.percent ?? act.seconds ?? null, isByHand, refusal: null };
    try {
      const show = await this.#deps.showOf(this.showId);
      const { come, go } = comings(act);
      for (const viewer of come.slice(0, Math.max(1, ROOM_MOST - this.#room.size))) this.#enter(show, viewer);
      for (const viewer of go) this.#leave(viewer);
      if (act.act === 'network-drop') await this.#narrow(act);
      const { text, product, planted } = await this.#deps.doings.do(this.#playing(show), act, number);
      Object.assign(entry, { text, product });
      for (const each of planted) this.#plant(each);
    } catch (error) {
      const { problem, isFault } = toProblem(error);
      // What a viewer may not do now they do not do: a host who mutes the rude one has done well.
      entry.refusal = problem.code;
      if (isFault) this.#deps.log.error({ err: error, act: act.act }, 'an act of a played audience failed');
    }
    this.#kept.log = [entry, ...this.#kept.log].slice(0, PLAYED_LOG_LIMIT);
    await this.#keepAndTell();
  }

  #playing(show: Show): Playing {
    return { id: this.#kept.id, show, saying: { seed: this.#kept.seed, language: this.#kept.language, questions: this.#kept.scenario?.scenario.questions } };
  }

  #enter(show: Show, viewer: number): void {
    if (!this.#room.has(viewer)) this.#room.set(viewer, this.#deps.doings.enter(this.#playing(show), viewer));
  }

  #leave(viewer: number): void {
    this.#room.get(viewer)?.();
    this.#room.delete(viewer);
  }

  #emptyRoom(): void {
    for (const viewer of [...this.#room.keys()]) this.#leave(viewer);
  }

  async #narrow({ kbps = 0, seconds = 0 }: PlannedAct): Promise<void> {
    await this.#deps.doings.narrow(this.showId, kbps);
    this.#cancelDrop?.();
    this.#dropUntil = this.#deps.clock.now() + seconds * 1000;
    this.#cancelDrop = this.#clock.after(seconds * 1000, () =>
      this.#inTurn(async () => {
        await this.#widen();
        this.#deps.tell(this.view());
      }),
    );
  }

  async #widen(): Promise<void> {
    this.#cancelDrop?.();
    if (this.#dropUntil === null) return;
    this.#dropUntil = null;
    await this.#deps.doings.narrow(this.showId, null);
  }

  /** Wrong made more wrong was right before the first time. */
  #plant(planted: Planted): void {
    const same = (each: Planted): boolean => each.variantId === planted.variantId && each.what === planted.what && each.made === planted.was;
    const earlier = this.#kept.planted.find(same);
    this.#kept.planted = [...this.#kept.planted.filter((each) => !same(each)), { ...planted, was: earlier?.was ?? planted.was }];
  }

  #halt(): void {
    this.#stopClock();
    this.#isOnAir = false;
  }

  async #keepAndTell(): Promise<void> {
    this.#kept.elapsedMs = this.#elapsedMs();
    if (this.#going) this.#going = { since: this.#clock.now(), elapsedMs: this.#kept.elapsedMs };
    await this.#deps.keep(this.#kept);
    this.#deps.tell(this.view());
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(task).catch((error: unknown) => this.#deps.log.error({ err: error }, 'playing an audience failed'));
    return this.#work;
  }
}
