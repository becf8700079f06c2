// Owns the device's memory that it is the one that sends a show: after a call or a reload it goes on by itself, and no other phone does.

export interface SendingMark {
  showId: string;
  /** Uplink measured before the show, so that layers are chosen the same way again. */
  uplinkKbps: number | null;
}

const KEY = 'fieldcast:studio:sending';

export function readSendingMark(): SendingMark | null {
  try {
    const mark = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<SendingMark> | null;
    if (typeof mark?.showId !== 'string') return null;
    return { showId: mark.showId, uplinkKbps: typeof mark.uplinkKbps === 'number' ? mark.uplinkKbps : null };
  } catch {
    // Storage is forbidden or was written by something else: then a tap is needed after a reload.
    return null;
  }
}

export function writeSendingMark(mark: SendingMark | null): void {
  try {
    if (mark) localStorage.setItem(KEY, JSON.stringify(mark));
    else localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
