// Owns the wiring of what a coach does beside a host: the line to the ear, cues, hands, shown pins, notes.
import type { Live, LiveFacts } from '../../live/index.ts';
import type { Media } from '../../media/index.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { ignore } from '../../platform/errors.ts';
import type { Bus } from '../../platform/events.ts';
import type { Route } from '../../platform/http/route.ts';
import { Scope } from '../../platform/scope.ts';
import type { CommandHandlers } from '../../platform/socket.ts';
import type { Show } from '../../protocol/show.ts';
import { whisperCommands, type WhisperCommandName } from '../whisper/commands.ts';
import { Lines } from '../whisper/lines.ts';
import { CueBoard } from './cue-board.ts';
import { Demos } from './demos.ts';
import { Hands } from './hands.ts';
import { Notes } from './notes.ts';
import { consoleRoutes } from './routes.ts';

/** A coach whose connection is lost for a moment has not gone. */
const GONE_AFTER_MS = 10_000;

export interface ConsoleDeps {
  database: Database;
  bus: Bus<LiveFacts>;
  clock: Clock;
  media: Pick<Media, 'privateStream'>;
  live: Pick<Live, 'door' | 'room' | 'shelves' | 'shows'>;
  coaches: {
    /** The show that this caller coaches in. @throws FieldcastError `not-found`, `auth.forbidden` */
    require(caller: Caller, showId: string): Promise<Show>;
  };
}

export interface ConsolePart {
  readonly routes: readonly Route[];
  readonly commands: Pick<CommandHandlers, WhisperCommandName>;
  close(): Promise<void>;
}

export function createConsole(deps: ConsoleDeps): ConsolePart {
  const { database, bus, clock, media, coaches } = deps;
  const { door, room, shelves, shows } = deps.live;
  const scope = new Scope();
  const cues = new CueBoard(clock);
  const hands = new Hands(clock);
  const lines = new Lines({
    media,
    clock,
    changed(showId, whisper) {
      room.sendToHost(showId, 'whisper.changed', { whisper });
      room.sendToCoaches(showId, 'whisper.changed', { whisper });
    },
  });
  const demos = new Demos({
    pins: {
      of: (showId) => shelves.pins(showId),
      set: (showId, productIds) => shelves.pin(showId, productIds),
      async restore(showId, productIds) {
        const shelf = new Set(await shelves.productIds(showId));
        await shelves.pin(showId, productIds.filter((id) => shelf.has(id)));
      },
    },
    changed(showId, demo) {
      room.sendToHost(showId, 'demo.changed', { demo });
      room.sendToCoaches(showId, 'demo.changed', { demo });
    },
  });

  const coachesIn = (showId: string): string[] => [...new Set(room.present(showId).flatMap(({ isCoach, name }) => (isCoach ? [name] : [])))];
  function tellWhoIsHere(showId: string): void {
    room.sendToHost(showId, 'coach.here', { coaches: coachesIn(showId) });
    room.sendToCoaches(showId, 'coach.here', { coaches: coachesIn(showId) });
  }
  const cancels = new Set<() => void>();
  scope.add(() => {
    for (const cancel of cancels) cancel();
  });

  scope.add(bus.on('coach.came', ({ showId }) => tellWhoIsHere(showId)));
  scope.add(bus.on('pins.changed', ({ showId }) => demos.pinsChanged(showId)));
  scope.add(
    bus.on('coach.left', ({ showId, identity }) => {
      tellWhoIsHere(showId);
      const cancel = clock.after(GONE_AFTER_MS, () => {
        cancels.delete(cancel);
        const isBack = room.present(showId).some((one) => one.isCoach && one.identity === identity);
        if (!isBack) demos.left(showId, identity).catch(ignore('the show is gone, and its pins with it'));
      });
      cancels.add(cancel);
    }),
  );
  const forget = (showId: string): void => {
    cues.forget(showId);
    demos.forget(showId);
    hands.set(showId, false);
  };
  scope.add(bus.on('show.changed', ({ show }) => show.status === 'ended' && forget(show.id)));
  scope.add(bus.on('show.deleted', ({ showId }) => forget(showId)));

  return {
    routes: consoleRoutes({
      door,
      coached: (caller, showId) => coaches.require(caller, showId),
      cues,
      hands,
      demos,
      notes: new Notes({ database, clock }),
      whisper: (showId) => lines.state(showId),
      coachesIn,
      tell: {
        cue(showId, cue) {
          room.sendToHost(showId, 'coach.cue', { cue });
          room.sendToCoaches(showId, 'coach.cue', { cue });
        },
        hand(showId, hand) {
          room.sendToHost(showId, 'hand.changed', { hand });
          room.sendToCoaches(showId, 'hand.changed', { hand });
        },
      },
    }),
    commands: whisperCommands({ lines, room, showOf: (showId) => shows.require(showId), clock }),
    close: () => scope.close(),
  };
}
