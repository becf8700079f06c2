// Owns the entry of the staff's page of promotions: loading it registers the page and the forms of all kinds.
import { define } from '../../ui/index.ts';
import { FieldcastFlashForm } from './flash-form.ts';
import { FieldcastStudioPromotions } from './fieldcast-studio-promotions.ts';

define('fieldcast-flash-form', FieldcastFlashForm);
define('fieldcast-studio-promotions', FieldcastStudioPromotions);
