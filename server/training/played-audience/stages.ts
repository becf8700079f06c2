// Owns how fast and how hard an audience is for a seller of each stage, where the scenario says nothing of its own.
import type { Stage } from '../../protocol/classes.ts';
import type { MixedAct, QuestionTopic } from '../../protocol/scenario-limits.ts';

export interface StagePlan {
  minutes: number;
  actsPerMinute: number;
  viewers: { start: number; end: number };
  mix: Record<MixedAct, number>;
  topics: readonly QuestionTopic[];
}

/** Somebody who reads a line in four seconds and answers it in ten has time for four questions a minute; a beginner for two. */
export const stagePlans: Record<Stage, StagePlan> = {
  never: {
    minutes: 10,
    actsPerMinute: 6,
    viewers: { start: 3, end: 12 },
    mix: { question: 30, praise: 14, like: 30, order: 8, haggle: 0, troll: 0, join: 14, leave: 4 },
    topics: ['price', 'freight', 'delivery', 'amount', 'freshness', 'size', 'taste', 'origin'],
  },
  streaming: {
    minutes: 20,
    actsPerMinute: 15,
    viewers: { start: 8, end: 60 },
    mix: { question: 28, praise: 10, like: 30, order: 7, haggle: 5, troll: 1, join: 14, leave: 5 },
    topics: ['price', 'freight', 'delivery', 'amount', 'freshness', 'size', 'taste', 'origin', 'spoilage', 'storage', 'use'],
  },
  steady: {
    minutes: 20,
    actsPerMinute: 30,
    viewers: { start: 40, end: 200 },
    mix: { question: 26, praise: 7, like: 30, order: 9, haggle: 6, troll: 3, join: 12, leave: 7 },
    topics: ['price', 'freight', 'delivery', 'amount', 'freshness', 'size', 'taste', 'origin', 'spoilage', 'storage', 'safety', 'use', 'trouble'],
  },
};
