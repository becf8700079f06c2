// Owns the browser's voice: one sentence at a time, never stuck, whatever the phone did meanwhile.
import type { AloudLang } from './aloud-words.ts';

export interface VoiceChoice {
  lang: AloudLang;
  /** `voiceURI`; empty for the language's usual one. */
  voice: string;
  /** 0 to 1. */
  volume: number;
}

/** A voice that says nothing of its end (Chrome after 15 s, Android after a call) is given up after this. */
const PATIENCE_MS = 4_000;
const PER_SIGN_MS = 450;

export const hasVoice = (): boolean => typeof speechSynthesis !== 'undefined';

/** Voices for a language, those on the device first: they work without a network and tell nobody. */
export function voicesFor(lang: AloudLang): SpeechSynthesisVoice[] {
  if (!hasVoice()) return [];
  const start = lang.slice(0, 2);
  return speechSynthesis
    .getVoices()
    .filter((voice) => voice.lang.toLowerCase().replace('_', '-').startsWith(start))
    .sort((a, b) => Number(b.localService) - Number(a.localService) || Number(b.lang === lang) - Number(a.lang === lang));
}

export class Speaker {
  #stop: (() => void) | null = null;

  get isSpeaking(): boolean {
    return this.#stop !== null;
  }

  /** Says a sentence; answers whether it was said to its end. */
  say(text: string, { lang, voice, volume }: VoiceChoice): Promise<boolean> {
    this.stop();
    if (!hasVoice()) return Promise.resolve(false);
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text);
      const voices = voicesFor(lang);
      const chosen = voices.find(({ voiceURI }) => voiceURI === voice) ?? voices[0];
      if (chosen) utterance.voice = chosen;
      utterance.lang = chosen?.lang ?? (lang === 'en' ? 'en-US' : lang);
      utterance.volume = volume;
      const finish = (isSaid: boolean): void => {
        clearTimeout(watchdog);
        utterance.onend = utterance.onerror = null;
        this.#stop = null;
        resolve(isSaid);
      };
      const watchdog = setTimeout(() => {
        speechSynthesis.cancel();
        finish(false);
      }, PATIENCE_MS + text.length * PER_SIGN_MS);
      utterance.onend = () => finish(true);
      utterance.onerror = () => finish(false);
      this.#stop = () => {
        finish(false);
        speechSynthesis.cancel();
      };
      // A call or another page may have left it paused.
      speechSynthesis.resume();
      speechSynthesis.speak(utterance);
    });
  }

  /** Stops in mid-sentence. */
  stop(): void {
    this.#stop?.();
  }
}
