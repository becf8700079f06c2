// Owns finding out whether sound goes to the host's ear or into the room, where the microphone would send it to everyone.

/** `unknown`: the browser does not name its devices. */
export type Earpiece = 'plugged' | 'none' | 'unknown';

/** A phone lists its own speakers by names too; "headset earpiece" is what Android calls the one at the ear. */
const EAR = /head ?(?:phones?|set)|ear ?(?:phones?|buds?)|airpods|\bbuds\b|bluetooth|hands-?free|耳机|蓝牙|藍牙|耳機/iu;
const NOT_EAR = /headset earpiece/iu;

/** What the names of devices tell. */
export function earpieceAmong(devices: readonly Pick<MediaDeviceInfo, 'kind' | 'label'>[]): Earpiece {
  const labels = devices.filter(({ kind, label }) => kind !== 'videoinput' && label !== '').map(({ label }) => label);
  if (labels.some((label) => EAR.test(label) && !NOT_EAR.test(label))) return 'plugged';
  // Safari and Firefox list no outputs: an earpiece without a microphone is not seen there.
  return devices.some(({ kind, label }) => kind === 'audiooutput' && label !== '') ? 'none' : 'unknown';
}

/** Calls back now and whenever devices come or go; answers the function that stops it. */
export function watchEarpiece(onChange: (earpiece: Earpiece) => void): () => void {
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (!mediaDevices) {
    onChange('unknown');
    return () => undefined;
  }
  const look = (): void => {
    mediaDevices.enumerateDevices().then(
      (devices) => onChange(earpieceAmong(devices)),
      () => onChange('unknown'),
    );
  };
  mediaDevices.addEventListener('devicechange', look);
  look();
  return () => mediaDevices.removeEventListener('devicechange', look);
}
