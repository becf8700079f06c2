// Owns reading a receiving connection's statistics: how much has come, and over which path.
import type { EnginePath } from './engine.ts';

export interface Reception {
  packets: number;
  framesDecoded: number;
  path: EnginePath | null;
}

interface AnyStats {
  id: string;
  type: string;
  kind?: string;
  packetsReceived?: number;
  framesDecoded?: number;
  selectedCandidatePairId?: string;
  nominated?: boolean;
  state?: string;
  localCandidateId?: string;
  remoteCandidateId?: string;
  protocol?: string;
}

/** Sums up a report. Chromium names the selected pair in `transport`; Firefox marks it as nominated. */
export function readReception(report: Iterable<[string, AnyStats]>): Reception {
  const stats = new Map(report);
  let packets = 0;
  let framesDecoded = 0;
  let pair: AnyStats | undefined;
  for (const entry of stats.values()) {
    if (entry.type === 'inbound-rtp') {
      packets += entry.packetsReceived ?? 0;
      framesDecoded += entry.framesDecoded ?? 0;
    } else if (entry.type === 'transport' && entry.selectedCandidatePairId) pair = stats.get(entry.selectedCandidatePairId);
    else if (entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded') pair ??= entry;
  }
  const protocol = (stats.get(pair?.remoteCandidateId ?? '') ?? stats.get(pair?.localCandidateId ?? ''))?.protocol?.toLowerCase();
  return { packets, framesDecoded, path: protocol === 'tcp' ? 'webrtc-tcp' : protocol === 'udp' ? 'webrtc-udp' : null };
}
