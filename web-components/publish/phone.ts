// Owns what a page can ask of the phone around the camera: battery, heat, how it is held, keeping it upright.

export interface BatteryState {
  /** 0 to 1 */
  level: number;
  isCharging: boolean;
}

/** How hard the processor is pressed, where the browser tells (Compute Pressure). */
export type Pressure = 'nominal' | 'fair' | 'serious' | 'critical';

interface PressureObserver {
  observe(source: 'cpu', options: { sampleInterval: number }): Promise<void>;
  disconnect(): void;
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

/** Reports the battery now and after each change; never where the browser does not tell. @returns ends it */
export function watchBattery(onChange: (battery: BatteryState) => void): () => void {
  let stop = (): void => undefined;
  let isStopped = false;
  const { getBattery } = navigator as Navigator & { getBattery?: () => Promise<BatteryManager> };
  void getBattery?.call(navigator).then(
    (battery) => {
      if (isStopped) return;
      const tell = (): void => onChange({ level: battery.level, isCharging: battery.charging });
      const names = ['levelchange', 'chargingchange'];
      for (const name of names) battery.addEventListener(name, tell);
      stop = () => {
        for (const name of names) battery.removeEventListener(name, tell);
      };
      tell();
    },
    () => undefined,
  );
  return () => {
    isStopped = true;
    stop();
  };
}

/** Reports how hard the processor is pressed, where the browser tells (Chromium). @returns ends it */
export function watchPressure(onChange: (pressure: Pressure) => void): () => void {
  const Observer = (globalThis as { PressureObserver?: new (listener: (records: { state: Pressure }[]) => void) => PressureObserver }).PressureObserver;
  if (!Observer) return () => undefined;
  const observer = new Observer((records) => {
    const latest = records.at(-1);
    if (latest) onChange(latest.state);
  });
  // Refused by a permissions policy: the encoder's own complaints remain.
  void observer.observe('cpu', { sampleInterval: 10_000 }).catch(() => undefined);
  return () => observer.disconnect();
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
