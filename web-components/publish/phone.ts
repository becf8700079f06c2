// Owns what a page can ask of the phone around the camera: battery, how it is held, keeping it upright and awake.

export interface BatteryState {
  /** 0 to 1 */
  level: number;
  isCharging: boolean;
}

interface BatteryManager extends EventTarget {
  level: number;
  charging: boolean;
}

/** Battery now; null where the browser does not tell (Safari, Firefox). */
export async function readBattery(): Promise<BatteryState | null> {
  const { getBattery } = navigator as Navigator & { getBattery?: () => Promise<BatteryManager> };
  if (!getBattery) return null;
  try {
    const battery = await getBattery.call(navigator);
    return { level: battery.level, isCharging: battery.charging };
  } catch {
    // Forbidden by a permissions policy: the same as not known.
    return null;
  }
}

/** Whether the screen is taller than wide; a computer counts as upright. */
export function isHeldUpright(): boolean {
  return !matchMedia('(orientation: landscape) and (pointer: coarse)').matches;
}

/** Reports when the phone is turned. @returns ends it */
export function watchUpright(onChange: (isUpright: boolean) => void): () => void {
  const query = matchMedia('(orientation: landscape) and (pointer: coarse)');
  const listen = (): void => onChange(!query.matches);
  query.addEventListener('change', listen);
  return () => query.removeEventListener('change', listen);
}

/**
 * Asks the phone to stay upright. Android does so only for a page in full screen or installed as an app, others never:
 * the screen therefore also works, and says so, when it is turned.
 */
export async function lockUpright(): Promise<boolean> {
  const orientation = globalThis.screen?.orientation as (ScreenOrientation & { lock?: (kind: string) => Promise<void> }) | undefined;
  try {
    await orientation?.lock?.('portrait');
    return orientation?.lock !== undefined;
  } catch {
    return false;
  }
}

/** Whether this page may and can use a camera at all. */
export function captureFacts(): { isSecure: boolean; canCapture: boolean } {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  return { isSecure: globalThis.isSecureContext, canCapture: typeof media?.getUserMedia === 'function' && typeof RTCPeerConnection !== 'undefined' };
}
