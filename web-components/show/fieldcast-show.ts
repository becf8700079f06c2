// Owns the provider tag: elements inside it share one visit to one show.
import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { VisitProvider } from './visit-context.ts';

/**
 * Connects to a show and gives it to the Fieldcast elements inside, wherever they stand. Draws nothing itself.
 *
 * @tag fieldcast-show
 * @attr {string} show - Show id.
 * @attr {string} server - Origin of the Fieldcast server; where the script came from when it is missing.
 * @slot - Any markup with Fieldcast elements in it.
 *
 * @example
 * <fieldcast-show show="shw_…"><fieldcast-player></fieldcast-player><fieldcast-shelf></fieldcast-shelf></fieldcast-show>
 */
export class FieldcastShow extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  @property() show = '';
  @property() server = '';
  readonly provider = new VisitProvider(this);

  override render() {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-show': FieldcastShow;
  }
}
