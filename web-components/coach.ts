// Owns the coach's bundle fieldcast-coach.js: loading it registers <fieldcast-coach> and the parts it is made of.
import { defineClasses } from './coach/classes/index.ts';
import { defineReview, FieldcastCoach, FieldcastCoachAudience, FieldcastCoachConsole, FieldcastCoachCues, FieldcastCoachNotes, FieldcastCoachPin, FieldcastScenarioPicker } from './coach/index.ts';
import { define } from './ui/index.ts';

defineClasses();
defineReview();
define('fieldcast-coach-cues', FieldcastCoachCues);
define('fieldcast-coach-pin', FieldcastCoachPin);
define('fieldcast-coach-audience', FieldcastCoachAudience);
define('fieldcast-scenario-picker', FieldcastScenarioPicker);
define('fieldcast-coach-notes', FieldcastCoachNotes);
define('fieldcast-coach-console', FieldcastCoachConsole);
define('fieldcast-coach', FieldcastCoach);

export { FieldcastCoach } from './coach/index.ts';
