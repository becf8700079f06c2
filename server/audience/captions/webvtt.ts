// Owns writing WebVTT (W3C): cues in order, whatever is in their text. Pure.
import type { Cue } from './cues.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A WebVTT file. Text stays text: `-->`, tags and references come out as they were typed (§4.2.2). Cues without text are left out. */
export function webVtt(cues: readonly Cue[]): string {
  const blocks = cues.flatMap(({ id, startMs, endMs, text }) => {
    const payload = payloadOf(text);
    return payload === '' ? [] : [`${id}\n${timestamp(startMs)} --> ${timestamp(endMs)}\n${payload}\n`];
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** One line: an empty one would end the cue. */
function payloadOf(text: string): string {
  return text
    .replace(/\0/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[&<>]/g, (sign) => ESCAPES[sign] as string);
}

function timestamp(ms: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(Math.floor(ms) % 1000).padStart(3, '0')}`;
}
