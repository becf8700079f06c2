// Owns the one desk of a room: listening goes on while the page shows its camera, until it leaves the show.
import type { Locale } from '../../i18n/index.ts';
import type { Client } from '../../show/index.ts';
import { CaptionLog, type CaptionRoom } from '../caption-log.ts';
import { CaptionWriter, type WritingRoom } from './caption-writer.ts';

/** The open show as its desk needs it. */
export interface DeskRoom extends CaptionRoom, WritingRoom {
  readonly client: Client;
  readonly store: CaptionRoom['store'] & WritingRoom['store'];
  /** Aborted when the page leaves the show: listening stops with it. */
  readonly gone: AbortSignal;
}

export interface Desk {
  log: CaptionLog;
  writer: CaptionWriter;
}

/** By what ends them: a room whose helper got other rights is another room of the same show. */
const desks = new WeakMap<AbortSignal, Desk>();

/** The desk of an open show; made, and its lines read, the first time. */
export function deskOf(room: DeskRoom, locale: Locale): Desk {
  let desk = desks.get(room.gone);
  if (!desk) {
    const log = new CaptionLog(room);
    const writer = new CaptionWriter(room, (line) => log.put(line), locale === 'en' ? 'en-US' : 'zh-CN');
    desk = { log, writer };
    desks.set(room.gone, desk);
    log.start();
    room.gone.addEventListener('abort', () => {
      writer.close();
      log.stop();
    });
  }
  return desk;
}
