// Owns why a show on the air has no picture now: the host's network or hand, the server's room, or the viewer's own choice. Pure.
import type { Allotment, StreamInfo } from '../../server/protocol/media.ts';
import type { DataUse } from './data-use.ts';

/** `network`: the host's is too weak. `hidden`: by the host's hand. `voice`: none is sent. `room`: the server has none to give. `saving`: the viewer wants none. */
export type NoPicture = 'network' | 'hidden' | 'voice' | 'room' | 'saving';

/** Null while a picture is to be expected. What holds for everybody is said before what holds for this viewer alone. */
export function whyNoPicture({ producers }: StreamInfo, { level, reason }: Allotment, dataUse: DataUse): NoPicture | null {
  if (producers.length === 0) return null;
  const pictures = producers.filter(({ kind }) => kind === 'video');
  if (pictures.length === 0) return 'voice';
  if (pictures.every(({ paused }) => paused)) return pictures.some(({ pausedBy }) => pausedBy === 'network') ? 'network' : 'hidden';
  if (level !== 'sound') return null;
  // A page that was hidden wanted none either: its picture is on the way.
  return reason !== 'wish' ? 'room' : dataUse === 'sound' ? 'saving' : null;
}
