// Owns noticing that the phone moved to another network (WLAN to mobile, back in reach), where ICE has to start anew.

interface NetworkInformation extends EventTarget {
  /** `wifi`, `cellular`, `none`, ...; only on phones */
  type?: string;
}

/** Calls back when the network is another one. @returns ends it */
export function watchNetwork(onChange: () => void): () => void {
  const { connection } = navigator as Navigator & { connection?: NetworkInformation };
  let type = connection?.type;
  // `change` also fires for each new estimate of the speed: only another kind of network counts.
  const listen = (): void => {
    const next = connection?.type;
    if (next === type) return;
    type = next;
    if (next !== 'none') onChange();
  };
  connection?.addEventListener('change', listen);
  globalThis.addEventListener('online', onChange);
  return () => {
    connection?.removeEventListener('change', listen);
    globalThis.removeEventListener('online', onChange);
  };
}
