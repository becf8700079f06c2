// Owns the chat and the helpers of a show on the operator's desk: the same desk as the host has, opened when it is asked for.
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';

export function roomPart(desk: Desk, showId: string): { draw(): TemplateResult } {
  let isOpen = false;
  const toggled = (event: Event): void => {
    isOpen = (event.target as HTMLDetailsElement).open;
    desk.redraw();
  };
  return {
    draw: () => html`<details class="panel" @toggle=${toggled}>
      <summary>${say('聊天管理、帮手、下载聊天记录', 'Chat, helpers, chat as a table')}</summary>
      ${isOpen ? html`<fieldcast-desk show=${showId}></fieldcast-desk>` : nothing}
    </details>`,
  };
}
