// Owns the coach's page around the element: its language.
import { language, say } from './language.ts';

document.querySelector<HTMLElement>('fieldcast-coach')!.lang = language();
document.title = say('教练', 'Coach');
