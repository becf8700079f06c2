// Owns the trainees' page around the element: its language.
import { language, say } from './language.ts';

document.querySelector<HTMLElement>('fieldcast-class')!.lang = language();
document.title = say('我的班', 'My class');
