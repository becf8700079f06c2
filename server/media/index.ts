// Owns the export list of media.
export type { Seat, Visitor } from './budget/seat.ts';
export type { Rank } from './budget/situation.ts';
export type { UplinkAccount, UplinkView } from './budget/journal.ts';
export type { UplinkBudget } from './budget/uplink-budget.ts';
export type { EgressSession } from './egress/webrtc.ts';
export type { EndReason, FactSink, MediaFacts } from './facts.ts';
export { HlsPasses, hlsPath } from './hls/passes.ts';
export type { HlsAccess } from './hls/entrance.ts';
export { hlsRoutes, type HlsRoutesDeps, type LiveStreams } from './hls/routes.ts';
export type { IngestSession } from './ingest/webrtc.ts';
export { createMedia, type Media, type MediaDeps } from './media.ts';
export type { Mp4Download, Mp4Range } from './replay/mp4-download.ts';
export { RESERVE_MARGIN_BYTES } from './replay/recorder.ts';
export type { Recording, RecordingState, ReplayClock, ReplayStretch } from './replay/recording.ts';
export { openReplays, type Recorder, type Replays, type ReplaysDeps, type Storage } from './replay/replays.ts';
export { type Kept, type Limits, whatToDelete } from './replay/retention.ts';
export { type MediaAccess, mediaRoutes, type MediaRoutesDeps } from './routes.ts';
export type { Stream } from './stream.ts';
