// Owns the page of one show's report: the element, the way back, the language.
import { html, render } from 'lit';
import { languageSwitch } from './frame.ts';
import { onLanguageChange, say } from './language.ts';

const page = document.querySelector<HTMLElement>('#page')!;
const showId = new URLSearchParams(location.search).get('show') ?? '';

function draw(): void {
  document.title = `${say('总结', 'Report')} · Fieldcast`;
  render(
    html`<header class="figures-bar">
        <a href="./operator.html#/figures">${say('← 全部数据', '← All figures')}</a>
        ${languageSwitch()}
      </header>
      <main><fieldcast-report show=${showId}></fieldcast-report></main>`,
    page,
  );
}

onLanguageChange(draw);
draw();
