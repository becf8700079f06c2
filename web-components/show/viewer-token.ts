// Owns the viewer's identity on this device: the token that the first join answered, so that one phone is one viewer for ever.
import type { TokenProvider } from './http.ts';
import { type DeviceStorage, Kept } from './storage.ts';

export interface ViewerToken {
  /** For `createClient({ token })`. A refused token is forgotten: the next join makes a new viewer. */
  readonly provider: TokenProvider;
  keep(token: string): void;
}

export function openViewerToken(storage: DeviceStorage, serverUrl: string): ViewerToken {
  const kept = new Kept<string>(storage, `viewer:${serverUrl}`, (value) => typeof value === 'string');
  return {
    provider: async (refresh = false) => {
      if (refresh) kept.erase();
      return kept.read();
    },
    keep: (token) => void kept.write(token),
  };
}
