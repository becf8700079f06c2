// Owns the export list of receiving a show.
export type { Engine, EngineKind, EnginePath, EnginePhase, EngineSink, Showable, StreamSource, Wish } from './engine.ts';
export { openPlayback } from './selector.ts';
