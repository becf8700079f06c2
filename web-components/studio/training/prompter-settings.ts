// Owns how a host wants to read on this phone, kept for the next time.
import { deviceStorage, Kept } from '../../show/index.ts';

export const sizes = ['large', 'larger', 'largest'] as const;
export const places = ['top', 'bottom'] as const;
export const scrolls = ['none', 'timer', 'voice'] as const;

export interface PrompterSettings {
  size: (typeof sizes)[number];
  place: (typeof places)[number];
  scroll: (typeof scrolls)[number];
  /** Whether the phone looks at light and framing. */
  looks: boolean;
  isFolded: boolean;
}

/** Four cores and 2 GB are what a slow phone has; drawing a small picture every ten seconds is felt there. */
export function isSlowPhone(): boolean {
  const { deviceMemory } = navigator as Navigator & { deviceMemory?: number };
  return navigator.hardwareConcurrency <= 4 || (deviceMemory ?? 8) <= 2;
}

function isSettings(value: unknown): boolean {
  const settings = value as Partial<PrompterSettings> | null;
  return (
    typeof settings === 'object' && settings !== null && sizes.includes(settings.size as 'large') && places.includes(settings.place as 'top') && scrolls.includes(settings.scroll as 'none') &&
    typeof settings.looks === 'boolean' && typeof settings.isFolded === 'boolean'
  );
}

const kept = () => new Kept<PrompterSettings>(deviceStorage(), 'prompter', isSettings);

export const readPrompterSettings = (): PrompterSettings => kept().read() ?? { size: 'large', place: 'top', scroll: 'none', looks: !isSlowPhone(), isFolded: false };
export const keepPrompterSettings = (settings: PrompterSettings): void => void kept().write(settings);
