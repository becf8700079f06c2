// Owns the language of a demo page: which, remembered, and each sentence beside its translation.

export type Language = 'zh-CN' | 'en';

const KEY = 'qinghe-language';
let current: Language = remembered();
const listeners = new Set<() => void>();
document.documentElement.lang = current;

function remembered(): Language {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'zh-CN' || kept === 'en') return kept;
  } catch {
    // Storage may be forbidden in a private window; then the browser's language has it.
  }
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export function language(): Language {
  return current;
}

/** The words of the present language. */
export function say(zh: string, en: string): string {
  return current === 'zh-CN' ? zh : en;
}

export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // The choice then holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function onLanguageChange(listener: () => void): void {
  listeners.add(listener);
}

/** A moment in words, in the reader's own time zone, e.g. "Sat 21 Nov, 20:00". */
export function sayTime(at: number): string {
  return new Intl.DateTimeFormat(current, { weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at);
}
