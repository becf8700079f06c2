// Owns the farmer's page around the studio: its language, and words for a phone on which the studio did not load.
import { language, say } from './language.ts';

const studio = document.querySelector<HTMLElement>('fieldcast-studio')!;
studio.lang = language();
document.title = say('开播', 'Go live');

const LOAD_LIMIT_MS = 20_000;
const timer = setTimeout(() => {
  const waiting = document.createElement('div');
  waiting.className = 'waiting';
  const words = document.createElement('p');
  words.setAttribute('role', 'alert');
  words.textContent = say('页面没有加载完整。请检查网络，然后刷新。', 'This page did not load completely. Check the connection, then reload.');
  const button = document.createElement('button');
  button.className = 'button';
  button.textContent = say('刷新', 'Reload');
  button.addEventListener('click', () => location.reload());
  waiting.append(words, button);
  studio.replaceWith(waiting);
}, LOAD_LIMIT_MS);
void customElements.whenDefined('fieldcast-studio').then(() => clearTimeout(timer));
