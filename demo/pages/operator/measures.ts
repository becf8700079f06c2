// Owns sizes, lengths and time left in words on the operator's desk.
import { language, say } from '../language.ts';

const DAY_MS = 24 * 3600_000;

/** `1.2 GB`, `340 MB`. */
export function sayBytes(bytes: number): string {
  const inGb = bytes >= 1e9;
  const number = new Intl.NumberFormat(language(), { maximumFractionDigits: inGb && bytes < 1e11 ? 1 : 0 }).format(bytes / (inGb ? 1e9 : 1e6));
  return `${number} ${inGb ? 'GB' : 'MB'}`;
}

/** `1:02:03`, `4:05`: a place or a length in a replay. */
export function sayLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] === 0 ? parts.slice(1) : parts).map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** How long something is still kept. */
export function sayLeft(until: number, now = Date.now()): string {
  const days = Math.round((until - now) / DAY_MS);
  if (until - now < DAY_MS) return say('今天删除', 'goes today');
  return say(`还保留 ${days} 天`, days === 1 ? '1 day left' : `${days} days left`);
}
