// Owns the export list of media.
export type { EgressSession } from './egress/webrtc.ts';
export type { EndReason, FactSink, MediaFacts } from './facts.ts';
export type { IngestSession } from './ingest/webrtc.ts';
export { createMedia, type Media, type MediaDeps } from './media.ts';
export { type MediaAccess, mediaRoutes, type MediaRoutesDeps } from './routes.ts';
export type { Stream } from './stream.ts';
