// Owns the page of the big screen: one show from edge to edge, named in the address, else the one that is on.
import { html, render } from 'lit';
import { currentShow } from '../current-show.ts';
import { endpoints } from '../../server/protocol/index.ts';
import { callApi } from '../api.ts';
import { onLanguageChange, say } from './language.ts';

const page = document.querySelector<HTMLElement>('#page')!;
let showId = new URLSearchParams(location.search).get('show') ?? '';

function draw(): void {
  document.title = `${say('大屏', 'Big screen')} · Fieldcast`;
  render(html`<main><fieldcast-big-screen show=${showId}></fieldcast-big-screen></main>`, page);
}

async function start(): Promise<void> {
  if (showId === '') {
    const { shows } = await callApi('', endpoints.listShows, { query: { limit: '50' } });
    showId = currentShow(shows)?.id ?? '';
  }
  draw();
}

onLanguageChange(draw);
start().catch(draw);
