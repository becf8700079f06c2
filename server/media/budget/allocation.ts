// Owns who gets what of the line and the processor.
export type {
  Allocate,
  Allocation,
  Capacity,
  Rank,
  Rate,
  Situation,
  StreamAdvice,
  StreamSituation,
  ViewerDecision,
  ViewerSituation,
} from './situation.ts';
