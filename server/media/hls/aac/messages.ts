// Owns what the server and its AAC thread say to each other. A job is the sound of one stretch.

export type ToThread =
  | { do: 'open'; job: number; channels: 1 | 2 }
  /** Opus packets, in order and without a hole. */
  | { do: 'encode'; job: number; packets: Uint8Array[] }
  /** No more will come; what is under way is finished. */
  | { do: 'end'; job: number }
  | { do: 'drop'; job: number };

export type FromThread =
  /** Before the first packet. */
  | { tells: 'config'; job: number; audioSpecificConfig: Uint8Array }
  | { tells: 'packet'; job: number; data: Uint8Array }
  | { tells: 'ended'; job: number; error?: string };

/** Samples of a packet of AAC-LC. */
export const AAC_PACKET_TICKS = 1_024;
/** What the encoder puts in front (it needs a packet of the past to overlap with), measured: a tone comes out 1,024 samples later. */
export const AAC_PRIMING_TICKS = 1_024;
