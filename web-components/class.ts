// Owns the trainees' bundle fieldcast-class.js: loading it registers <fieldcast-class>.
import { FieldcastClass } from './coach/own-class/fieldcast-class.ts';
import { define } from './ui/index.ts';

define('fieldcast-class', FieldcastClass);

export { FieldcastClass } from './coach/own-class/fieldcast-class.ts';
