// Owns what looking back is made of; its sheet stands in the console too.
import { define } from '../../ui/index.ts';
import { FieldcastPracticeHelpers } from './helpers.ts';
import { FieldcastCoachReview } from './review.ts';
import { FieldcastScoreSheet } from './sheet.ts';

export function defineReview(): void {
  define('fieldcast-score-sheet', FieldcastScoreSheet);
  define('fieldcast-practice-helpers', FieldcastPracticeHelpers);
  define('fieldcast-coach-review', FieldcastCoachReview);
}
