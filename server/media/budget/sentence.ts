// Owns a decision of the budget as an English sentence, for who reads the API or a log; pages have words of their own.
import type { UplinkDecision } from '../../protocol/uplink.ts';

const HAVE = { full: 'the large picture', small: 'the small picture', sound: 'sound and stills' } as const;
const BECAUSE = { uplink: 'the line is full', processor: 'the processor is busy' } as const;

export function sentence({ change, level, reason, viewers, advice }: Pick<UplinkDecision, 'change' | 'level' | 'reason' | 'viewers' | 'advice'>): string {
  const who = viewers === 1 ? '1 viewer' : `${viewers} viewers`;
  const s = viewers === 1 ? 's' : '';
  const what = level ? HAVE[level] : 'nothing';
  const why = reason ? `, because ${BECAUSE[reason]}` : '';
  switch (change) {
    case 'lowered':
      return level ? `${who} step${s} down to ${what}${why}.` : `${who} had to leave${why}.`;
    case 'raised':
      return `${who} get${s} ${what} again: there is room.`;
    case 'entered-lower':
      return `${who} come${s} in with ${what}${why}.`;
    case 'queued':
      return `${who} wait${s} in the queue${why}.`;
    case 'sent-to-hls':
      return `${who} watch${viewers === 1 ? 'es' : ''} through the cache instead${why}.`;
    case 'host-advised': {
      if (!advice || (advice.maxVideoKbps === null && advice.maxSmallKbps === null)) return 'The host may send the picture as large as it likes.';
      const cap = advice.maxVideoKbps === null ? `a small picture of ${advice.maxSmallKbps} kbit/s` : `${advice.maxVideoKbps} kbit/s of picture`;
      return `The host is asked to send at most ${cap}, so that more viewers can have it.`;
    }
  }
}
