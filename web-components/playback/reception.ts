// Owns reading a receiving connection's statistics: how much has come, over which path.
import type { EnginePath } from './engine.ts';

export interface Reception {
  packets: number;
  framesDecoded: number;
  /** On the wire, as well as it can be told. */
  bytes: number;
  path: EnginePath | null;
  /** Through a relay. */
  isRelayed: boolean;
  /** Of the picture alone. */
  picture: { packets: number; lost: number };
  /** To the server; 0 while it is not known. */
  roundTripMs: number;
}

interface AnyStats {
  id: string;
  type: string;
  kind?: string;
  packetsReceived?: number;
  packetsLost?: number;
  currentRoundTripTime?: number;
  framesDecoded?: number;
  bytesReceived?: number;
  headerBytesReceived?: number;
  selectedCandidatePairId?: string;
  nominated?: boolean;
  state?: string;
  localCandidateId?: string;
  remoteCandidateId?: string;
  protocol?: string;
  candidateType?: string;
  relayProtocol?: string;
}

/** What statistics leave out of each packet: the headers of IPv4 and UDP, and SRTP's tag. */
const PACKET_BYTES = 20 + 8 + 10;

/** Sums up a report. Chromium names the selected pair in `transport`; Firefox marks it as nominated. */
export function readReception(report: Iterable<[string, AnyStats]>): Reception {
  const stats = new Map(report);
  let packets = 0;
  let framesDecoded = 0;
  let bytes = 0;
  const picture = { packets: 0, lost: 0 };
  let pair: AnyStats | undefined;
  for (const entry of stats.values()) {
    if (entry.type === 'inbound-rtp') {
      packets += entry.packetsReceived ?? 0;
      framesDecoded += entry.framesDecoded ?? 0;
      if (entry.kind === 'video') {
        picture.packets += entry.packetsReceived ?? 0;
        picture.lost += entry.packetsLost ?? 0;
      }
      bytes += (entry.bytesReceived ?? 0) + (entry.headerBytesReceived ?? 0) + (entry.packetsReceived ?? 0) * PACKET_BYTES;
    } else if (entry.type === 'transport' && entry.selectedCandidatePairId) pair = stats.get(entry.selectedCandidatePairId);
    else if (entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded') pair ??= entry;
  }
  const local = stats.get(pair?.localCandidateId ?? '');
  // Of a relay only the way to it tells what this network lets through; from there on it is always UDP.
  const protocol = local?.candidateType === 'relay' ? local.relayProtocol : (stats.get(pair?.remoteCandidateId ?? '') ?? local)?.protocol?.toLowerCase();
  return { packets, framesDecoded, bytes, isRelayed: local?.candidateType === 'relay', path: protocol === 'udp' ? 'webrtc-udp' : protocol === 'tcp' || protocol === 'tls' ? 'webrtc-tcp' : null, picture, roundTripMs: (pair?.currentRoundTripTime ?? 0) * 1_000 };
}
