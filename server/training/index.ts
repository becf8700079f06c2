// Owns training: rehearsals beside the real shows, and those who coach in them. Nobody below knows it: without it the server sells just the
// same. Exports and wiring only.
import type { Analytics } from '../analytics/index.ts';
import type { Audience } from '../audience/index.ts';
import type { Live, LiveFacts } from '../live/index.ts';
import type { Media, MediaFacts } from '../media/index.ts';
import type { Auth, Caller } from '../platform/auth.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Bus } from '../platform/events.ts';
import type { Route, WireRoute } from '../platform/http/route.ts';
import type { Logger } from '../platform/log.ts';
import { Scope } from '../platform/scope.ts';
import type { Shop, ShopFacts } from '../shop/index.ts';
import { createConsole, type ConsolePart } from './console/index.ts';
import { createCues } from './cues/index.ts';
import { type ClassesPort, createClasses } from './classes/index.ts';
import { createFollowUp } from './follow-up/index.ts';
import { prompting } from './prompting.ts';
import { createPlayedAudience } from './played-audience/index.ts';
import { createRehearsals, type RehearsalPart } from './rehearsal/index.ts';
import { createScoring } from './scoring/index.ts';

export { trainingMigrations } from './tables.ts';

/** Of one host; who has held more is looked at by the newest. */
const MOST_SHOWS = 500;

/** What every part of training is built from; each takes what it needs. */
export interface TrainingDeps {
  database: Database;
  auth: Auth;
  bus: Bus<MediaFacts & ShopFacts & LiveFacts>;
  clock: Clock;
  log: Logger;
  media: Media;
  shop: Shop;
  live: Live;
  audience: Audience;
  analytics: Pick<Analytics, 'sellerFigures'>;
  dataDir: string;
  /** Of the scenarios that come with the server. */
  scenariosDir: string;
  /** Room on the disk that stays free. */
  reserveBytes: number;
  publicUrl: () => string;
  /** Days after which a rehearsal is erased. */
  rehearsalDays: number;
  /** Days after its last meeting until which a class keeps what it knows of its people. */
  classDays: number;
}

/** The same with what parts give each other. */
export interface TrainingPartDeps extends TrainingDeps {
  coaches: RehearsalPart['coaches'];
  rehearsals: RehearsalPart['rehearsals'];
  classes: ClassesPort;
}

export interface Training {
  readonly routes: readonly (Route | WireRoute)[];
  readonly commands: ConsolePart['commands'];
  /** Takes up what a stop of the server interrupted, after `live` has. */
  recover(): Promise<void>;
  /** Erases what is kept of one person, for modules beside. */
  forgetPerson(identity: string): Promise<void>;
  close(): Promise<void>;
}

export function createTraining(deps: TrainingDeps): Training {
  const scope = new Scope();
  const rehearsal = createRehearsals({ ...deps, days: deps.rehearsalDays });
  scope.add(() => rehearsal.close());
  const { live, shop, analytics, log } = deps;
  const classes = createClasses({ ...deps, links: live.links, hostName: async (hostId) => (await live.shows.findHost(hostId))?.name, onFault: (error) => log.error({ err: error }, 'erasing old classes failed') });
  scope.add(() => classes.close());
  rehearsal.coaches.followClasses((caller) => hostsTaught(classes, caller));
  const followUp = createFollowUp({
    ...deps,
    classes,
    source: {
      showsOf: async (hostId) => (await live.shows.list({ hostId, limit: MOST_SHOWS })).filter(({ kind, startedAt }) => kind === 'live' && startedAt !== null),
      findSeller: (sellerId) => shop.sellers.find(sellerId),
      sellerFigures: (seller, time) => analytics.sellerFigures(seller, { ...time, zone: 'UTC', share: false }),
    },
  });
  const parts: TrainingPartDeps = { ...deps, coaches: rehearsal.coaches, rehearsals: rehearsal.rehearsals, classes };
  const coached = (caller: Caller, showId: string) => rehearsal.coaches.require(caller, showId);
  const cues = createCues({
    ...deps,
    prompting: prompting({ door: live.door, coaches: rehearsal.coaches }),
    isMeasured: async ({ kind, hostId }) => kind === 'rehearsal' || (await live.shows.list({ hostId, limit: MOST_SHOWS })).some((other) => other.kind === 'rehearsal'),
    maySee: async (caller, show) => (caller.claims.role === 'coach' ? rehearsal.coaches.may(caller, show) : caller.claims.role !== 'helper'),
  });
  const scoring = createScoring({ ...deps, coached });
  const played = createPlayedAudience(parts);
  scope.add(() => played.close());
  const desk = createConsole(parts);
  scope.add(() => desk.close());
  return {
    routes: [...rehearsal.routes, ...classes.routes, ...followUp.routes, ...desk.routes, ...cues.routes, ...scoring.routes, ...played.routes],
    commands: desk.commands,
    recover: () => played.recover(),
    forgetPerson: (identity) => classes.forgetPerson(identity),
    close: () => scope.close(),
  };
}

/** Hosts who sit in a class that this caller teaches. */
async function hostsTaught(classes: ClassesPort, caller: Caller): Promise<string[]> {
  const taught = await classes.door.ownClasses(caller);
  return [...new Set((await Promise.all(taught.map((classId) => classes.hostIds(classId)))).flat())];
}
