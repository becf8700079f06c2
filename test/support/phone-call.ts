// Owns what a phone does to a page when a call comes in: camera and microphone are taken away, the page is hidden; and gives them back.
import type { Page } from 'playwright-core';

interface Phone {
  take(): void;
  giveBack(): void;
}

/** For `page.addInitScript`, after the sender's clock: keeps hold of what the page captures. */
export function installPhone(): void {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  const captured: MediaStreamTrack[] = [];
  let isTaken = false;
  devices.getUserMedia = async (wishes) => {
    if (isTaken) throw new DOMException('the phone is in use', 'NotReadableError');
    const stream = await open(wishes);
    captured.push(...stream.getTracks());
    return stream;
  };
  const hide = (isHidden: boolean): void => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: isHidden ? 'hidden' : 'visible' });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const phone: Phone = {
    take() {
      isTaken = true;
      hide(true);
      for (const track of captured.splice(0)) {
        if (track.readyState === 'ended') continue;
        track.stop();
        // `stop()` does not fire it; a phone that takes a track away does.
        track.dispatchEvent(new Event('ended'));
      }
    },
    giveBack() {
      isTaken = false;
      hide(false);
    },
  };
  Object.assign(globalThis, { phone });
}

/** The call begins. */
export const ring = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as { phone: Phone }).phone.take());

/** The call is over, and the page is looked at again. */
export const hangUp = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as { phone: Phone }).phone.giveBack());
