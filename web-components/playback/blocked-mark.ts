// Owns what this session remembers of the network: that WebRTC did not get through, so that the next page does not wait for it.
const MARK = 'fieldcast:webrtc-blocked';

export function isBlockedHere(): boolean {
  try {
    return sessionStorage.getItem(MARK) !== null;
  } catch {
    return false;
  }
}

export function markBlocked(isBlocked: boolean): void {
  try {
    if (isBlocked) sessionStorage.setItem(MARK, '1');
    else sessionStorage.removeItem(MARK);
  } catch {
    // No storage in this frame: the next page finds out by itself.
  }
}
