// Owns the numbers and kinds of a played audience that a page needs too, without any schema.

/** What somebody of the audience does, or what happens to the goods and to the line. */
export const playedActs = ['question', 'say', 'praise', 'like', 'order', 'haggle', 'troll', 'join', 'leave', 'burst', 'stock-out', 'wrong-price', 'network-drop'] as const;
export type PlayedAct = (typeof playedActs)[number];

/** What shoppers ask about; `trouble` is sound and picture. */
export const questionTopics = ['price', 'freight', 'delivery', 'amount', 'freshness', 'size', 'taste', 'origin', 'spoilage', 'storage', 'safety', 'use', 'trouble'] as const;
export type QuestionTopic = (typeof questionTopics)[number];

/** What happens all the time, by how often against the others; the rest is written with its time. */
export const mixedActs = ['question', 'praise', 'like', 'order', 'haggle', 'troll', 'join', 'leave'] as const satisfies readonly PlayedAct[];
export type MixedAct = (typeof mixedActs)[number];

/** Half, usual, half as fast again, double. */
export const playedSpeeds = [0.5, 1, 1.5, 2] as const;
export type PlayedSpeed = (typeof playedSpeeds)[number];

/** Bytes of a file. */
export const SCENARIO_BYTES_MOST = 64 * 1024;
export const SCENARIO_MINUTES_MOST = 120;
export const SCENARIO_ACTS_MOST = 200;
export const SCENARIO_QUESTIONS_MOST = 200;
export const SCENARIO_NAME_LIMIT = 60;
export const SCENARIO_ABOUT_LIMIT = 300;
/** Kept on one server beside those that come with it. */
export const OWN_SCENARIOS_MOST = 100;
export const PLAYED_VIEWERS_MOST = 500;

/** What can be wrong with a line of a file. Each client has its own words for it. */
export const scenarioFaults = ['not-json', 'too-deep', 'duplicate-field', 'unknown-field', 'missing-field', 'wrong-value', 'too-long', 'too-many'] as const;
export type ScenarioFault = (typeof scenarioFaults)[number];
