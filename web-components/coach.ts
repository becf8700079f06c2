// Owns the coach's bundle fieldcast-coach.js: loading it registers <fieldcast-coach>.
import { FieldcastCoach } from './coach/index.ts';
import { define } from './ui/index.ts';

define('fieldcast-coach', FieldcastCoach);

export { FieldcastCoach } from './coach/index.ts';
