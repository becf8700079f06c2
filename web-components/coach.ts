// Owns the coach's bundle fieldcast-coach.js: loading it registers <fieldcast-coach> and the parts it is made of.
import { FieldcastCoach, FieldcastCoachConsole, FieldcastCoachCues, FieldcastCoachNotes, FieldcastCoachPin } from './coach/index.ts';
import { define } from './ui/index.ts';

define('fieldcast-coach-cues', FieldcastCoachCues);
define('fieldcast-coach-pin', FieldcastCoachPin);
define('fieldcast-coach-notes', FieldcastCoachNotes);
define('fieldcast-coach-console', FieldcastCoachConsole);
define('fieldcast-coach', FieldcastCoach);

export { FieldcastCoach } from './coach/index.ts';
