// Owns the device's memory that it is the one that sends a show: after a call, a reload or a power cut it goes on by itself, as it was, and
// no other phone does. The tab's own memory knows what it sent: a reloaded tab takes over from itself without a question.

export interface SendingMark {
  showId: string;
  /** Uplink measured before the show, so that layers are chosen the same way again. */
  uplinkKbps: number | null;
  /** What was muted or hidden stays so. */
  isMuted: boolean;
  isHidden: boolean;
}

const KEY = 'fieldcast:studio:sending';
const OWN_KEY = 'fieldcast:studio:sent';
/** A tab makes a few new ones with each loss of the network; the server has those of the last. */
const OWN_LIMIT = 8;

export function readSendingMark(): SendingMark | null {
  const mark = read(() => localStorage, KEY) as Partial<SendingMark> | null;
  if (typeof mark?.showId !== 'string') return null;
  return {
    showId: mark.showId,
    uplinkKbps: typeof mark.uplinkKbps === 'number' ? mark.uplinkKbps : null,
    isMuted: mark.isMuted === true,
    isHidden: mark.isHidden === true,
  };
}

export function writeSendingMark(mark: SendingMark | null): void {
  write(() => localStorage, KEY, mark);
}

/** Ids of what this tab has sent to the server. */
export function readOwnProducers(): string[] {
  const ids = read(() => sessionStorage, OWN_KEY);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(-OWN_LIMIT) : [];
}

export function keepOwnProducers(ids: readonly string[]): void {
  const known = readOwnProducers();
  const fresh = ids.filter((id) => !known.includes(id));
  if (fresh.length > 0) write(() => sessionStorage, OWN_KEY, [...known, ...fresh].slice(-OWN_LIMIT));
}

// Storage may be forbidden, or written by something else: then a tap is needed after a reload.
function read(storage: () => Storage, key: string): unknown {
  try {
    return JSON.parse(storage().getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // As above.
  }
}
