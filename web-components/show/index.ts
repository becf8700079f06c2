// Owns the export list of a page's connection to a show.
export type { CartRow } from './cart.ts';
export { type Client, type ClientOptions, createClient } from './client.ts';
export { FieldcastShow } from './fieldcast-show.ts';
export { type Call, type CallOptions, createCall, type TokenProvider } from './http.ts';
export { type Failure, failure, isRetryable, type Outcome, success } from './outcome.ts';
export type { PendingOrder, PlacedOrder } from './outbox.ts';
export type { Playhead } from './playhead.ts';
export { addressAt, chapterAt, clockText, explanationsOf, momentIn, pinsAt } from './replay-times.ts';
export { createSession, type StaffSession } from './session.ts';
export { scriptOrigin } from './server-url.ts';
export { type PlayerPath, type PlayerState, sendShowEvent, showMoment, type ShowEvent, type ShowEventDetails, type ShowEventName, type ShowMoment } from './show-event.ts';
export { ShowStore } from './show-store.ts';
export { type ConnectionState, openHostSocket } from './socket.ts';
export { deviceStorage, Kept } from './storage.ts';
export { openViewerToken, type ViewerToken } from './viewer-token.ts';
export { type Visit } from './visit.ts';
export { VisitConsumer, VisitProvider } from './visit-context.ts';
export { Watchable } from './watchable.ts';
