// Owns the farmer's page around the studio: its language, the way to the show's poster, and words for a phone on which the studio did not load.
import { language, say } from './language.ts';

const studio = document.querySelector<HTMLElement>('fieldcast-studio')!;
studio.lang = language();
document.title = say('开播', 'Go live');

const poster = document.querySelector<HTMLAnchorElement>('#poster')!;
poster.textContent = say('海报', 'Poster');
studio.addEventListener('fieldcast-state-change', (event) => {
  const { showId } = (event as CustomEvent<{ showId: string | null }>).detail;
  poster.hidden = showId === null;
  poster.href = `./poster.html?show=${showId ?? ''}`;
});

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
