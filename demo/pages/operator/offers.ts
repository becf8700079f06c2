// Owns the promotions of a show on the operator's desk: the same page as the host has, opened when it is asked for.
import { html, nothing, type TemplateResult } from 'lit';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';

export function offersPart(desk: Desk, showId: string): { draw(): TemplateResult } {
  let isOpen = false;
  const toggled = (event: Event): void => {
    isOpen = (event.target as HTMLDetailsElement).open;
    desk.redraw();
  };
  return {
    draw: () => html`<details class="panel" @toggle=${toggled}>
      <summary>${say('优惠活动：秒杀、优惠券、抽奖……', 'Offers: flash sale, coupon, draw …')}</summary>
      ${isOpen ? html`<fieldcast-offers show=${showId}></fieldcast-offers>` : nothing}
    </details>`,
  };
}
