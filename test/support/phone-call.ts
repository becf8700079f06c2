// Owns what a phone does to a page in the background: for a call it ends camera and microphone, for another app it silences them.
import type { Page } from 'playwright-core';

interface Phone {
  take(): void;
  silence(isSilent: boolean): void;
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
    silence(isSilent) {
      hide(isSilent);
      for (const track of captured.filter(({ readyState }) => readyState === 'live')) {
        Object.defineProperty(track, 'muted', { configurable: true, value: isSilent });
        // Black and silent, as what a phone gives to a page behind another app.
        track.enabled = !isSilent;
        track.dispatchEvent(new Event(isSilent ? 'mute' : 'unmute'));
      }
    },
    giveBack() {
      isTaken = false;
      hide(false);
    },
  };
  Object.assign(globalThis, { phone });
}

type WithPhone = { phone: Phone };

/** The call begins. */
export const ring = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as WithPhone).phone.take());

/** The call is over, and the page is looked at again. */
export const hangUp = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as WithPhone).phone.giveBack());

/** Another app is in front. */
export const leaveForApp = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as WithPhone).phone.silence(true));

export const comeBackFromApp = (page: Page): Promise<void> => page.evaluate(() => (globalThis as unknown as WithPhone).phone.silence(false));
