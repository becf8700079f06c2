// Owns how an element finds the visit it belongs to: it asks upward, the nearest provider answers; without one it opens its own.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { scriptOrigin } from './server-url.ts';
import { openVisit, type Visit } from './visit.ts';

const REQUEST = 'fieldcast-visit-request';

class VisitRequest extends Event {
  readonly deliver: (visit: Visit | null) => void;

  constructor(deliver: (visit: Visit | null) => void) {
    super(REQUEST, { bubbles: true, composed: true });
    this.deliver = deliver;
  }
}

type VisitHost = ReactiveControllerHost &
  HTMLElement & {
    /** Show id. */
    show: string;
    /** Origin of the Fieldcast server. */
    server: string;
  };

/** Opens the visit that the host's `show` and `server` name, and answers the elements below that ask for one. */
export class VisitProvider implements ReactiveController {
  #host: VisitHost;
  #visit: Visit | null = null;
  #askers = new Map<EventTarget, (visit: Visit | null) => void>();

  constructor(host: VisitHost) {
    this.#host = host;
    host.addController(this);
    host.addEventListener(REQUEST, (event) => {
      const asker = event.composedPath()[0];
      // Its own request goes on upward, unanswered by itself.
      if (!asker || asker === host) return;
      event.stopPropagation();
      const { deliver } = event as VisitRequest;
      this.#askers.set(asker, deliver);
      deliver(this.#visit);
    });
  }

  get visit(): Visit | null {
    return this.#visit;
  }

  hostConnected(): void {
    this.#open();
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#open();
  }

  hostDisconnected(): void {
    this.#replace(null);
  }

  #open(): void {
    const { show, server } = this.#host;
    const serverUrl = (server || scriptOrigin).replace(/\/+$/, '');
    if (this.#visit?.showId === show && this.#visit.serverUrl === serverUrl) return;
    this.#replace(show ? openVisit({ serverUrl, showId: show }) : null);
  }

  #replace(visit: Visit | null): void {
    const old = this.#visit;
    this.#visit = visit;
    for (const [asker, deliver] of this.#askers) {
      if ((asker as Node).isConnected) deliver(visit);
      else this.#askers.delete(asker);
    }
    old?.close();
  }
}

/** Gives an element its visit: from the provider around it, or its own when it stands alone with a `show` attribute. Redraws it on every change. */
export class VisitConsumer implements ReactiveController {
  #host: VisitHost;
  #visit: Visit | null = null;
  #stop: (() => void) | null = null;
  #isProvided = false;
  #own: Visit | null = null;
  #onVisit: (visit: Visit | null) => void;
  #onChange: () => void;

  /** `onVisit` hears of another visit, `onChange` of every change in it. */
  constructor(host: VisitHost, listeners: { onVisit?: (visit: Visit | null) => void; onChange?: () => void } = {}) {
    this.#host = host;
    this.#onVisit = listeners.onVisit ?? (() => undefined);
    this.#onChange = listeners.onChange ?? (() => undefined);
    host.addController(this);
  }

  get visit(): Visit | null {
    return this.#visit;
  }

  hostConnected(): void {
    this.#isProvided = false;
    this.#host.dispatchEvent(
      new VisitRequest((visit) => {
        this.#isProvided = true;
        this.#use(visit);
      }),
    );
    this.#openOwn();
  }

  hostUpdate(): void {
    if (this.#host.isConnected) this.#openOwn();
  }

  hostDisconnected(): void {
    this.#use(null);
    this.#own?.close();
    this.#own = null;
  }

  #openOwn(): void {
    const { show, server } = this.#host;
    const serverUrl = (server || scriptOrigin).replace(/\/+$/, '');
    if (this.#isProvided || (this.#own?.showId === show && this.#own.serverUrl === serverUrl)) return;
    const old = this.#own;
    this.#own = show ? openVisit({ serverUrl, showId: show }) : null;
    if (old || this.#own) this.#use(this.#own);
    old?.close();
  }

  #use(visit: Visit | null): void {
    if (visit === this.#visit) return;
    this.#stop?.();
    this.#visit = visit;
    this.#stop =
      visit?.subscribe(() => {
        this.#onChange();
        this.#host.requestUpdate();
      }) ?? null;
    this.#onVisit(visit);
    this.#host.requestUpdate();
  }
}
