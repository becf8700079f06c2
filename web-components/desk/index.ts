// Owns the entry of the bundle fieldcast-desk.js: loading it registers <fieldcast-desk> and the pages it is made of.
import { define } from '../ui/index.ts';
import { FieldcastDesk } from './fieldcast-desk.ts';
import { FieldcastDeskHelpers } from './helpers.ts';
import { FieldcastDeskLog } from './log.ts';
import { FieldcastDeskPeople } from './people.ts';
import { FieldcastDeskRules } from './rules.ts';
import { FieldcastDeskStage } from './stage.ts';
import { FieldcastDeskWaiting } from './waiting.ts';

define('fieldcast-desk-stage', FieldcastDeskStage);
define('fieldcast-desk-waiting', FieldcastDeskWaiting);
define('fieldcast-desk-rules', FieldcastDeskRules);
define('fieldcast-desk-people', FieldcastDeskPeople);
define('fieldcast-desk-helpers', FieldcastDeskHelpers);
define('fieldcast-desk-log', FieldcastDeskLog);
define('fieldcast-desk', FieldcastDesk);

export { FieldcastDesk } from './fieldcast-desk.ts';
