// Owns keeping small JSON values on the device, also where a browser forbids storage (private mode, third-party frames).

/** The part of `Storage` that is used. */
export type DeviceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Lives as long as the page: for frames in which the browser blocks storage. */
export function memoryStorage(): DeviceStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** The device's storage, or one in memory where touching it throws. */
export function deviceStorage(): DeviceStorage {
  try {
    const probe = 'fieldcast:probe';
    localStorage.setItem(probe, '1');
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return memoryStorage();
  }
}

/** One kept value. What is unreadable or of the wrong shape counts as absent. */
export class Kept<T> {
  #storage: DeviceStorage;
  #key: string;
  #isShape: (value: unknown) => boolean;

  constructor(storage: DeviceStorage, key: string, isShape: (value: unknown) => boolean) {
    this.#storage = storage;
    this.#key = `fieldcast:${key}`;
    this.#isShape = isShape;
  }

  read(): T | null {
    try {
      const value: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? 'null');
      return this.#isShape(value) ? (value as T) : null;
    } catch {
      return null;
    }
  }

  /** Answers whether the value will survive a reload. */
  write(value: T): boolean {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  erase(): void {
    this.#storage.removeItem(this.#key);
  }
}
