// Owns keeping the screen on while a show is sent: a phone that sleeps stops its camera.

/**
 * Keeps the screen on until the returned function is called. The browser drops the lock whenever the page is hidden,
 * so it is taken again each time the page is seen. Does nothing where there is no wake lock.
 */
export function keepAwake(): () => void {
  let sentinel: WakeLockSentinel | null = null;
  let isClosed = false;
  const take = async (): Promise<void> => {
    const wakeLock = navigator.wakeLock as WakeLock | undefined;
    if (!wakeLock || isClosed || document.visibilityState !== 'visible') return;
    try {
      const taken = await wakeLock.request('screen');
      if (isClosed) await taken.release();
      else sentinel = taken;
    } catch {
      // Refused by battery saver: the next time the page is seen it is asked for again.
    }
  };
  const listen = (): void => void take();
  document.addEventListener('visibilitychange', listen);
  void take();
  return () => {
    isClosed = true;
    document.removeEventListener('visibilitychange', listen);
    void sentinel?.release();
  };
}
