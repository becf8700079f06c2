// Owns the operator's signed-in device: its token, calls with it, and what the page shows of them (busy, faults, toasts).
import { endpoints, newId, type EndpointCall, type EndpointResult, type EndpointSpec, type Session, SIGNED_IN_MARK } from '../../../server/protocol/index.ts';
import { ApiError, callApi } from '../../api.ts';
import { explain } from '../problem.ts';

/** A token with less than this left is renewed before it is used. */
const MARGIN_MS = 60_000;
const TOAST_MS = 8_000;

export interface Toast {
  text: string;
  isFault: boolean;
  undo?: () => Promise<void>;
}

/** One part of the page with data of its own. */
export interface View {
  /** For the browser's tab and for screen readers on arrival. */
  title(): string;
  load(): Promise<void>;
  draw(): unknown;
  /** Called every few seconds while the page is visible. */
  refresh?(): Promise<void>;
}

export class Desk {
  session: Session | null = null;
  toast: Toast | null = null;
  readonly redraw: () => void;
  #renewAfter = 0;
  #toastTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(redraw: () => void) {
    this.redraw = redraw;
  }

  /** Takes up the session of this device's cookie. False when there is none. */
  async resume(): Promise<boolean> {
    if (!localStorage.getItem(SIGNED_IN_MARK)) return false;
    try {
      this.#keep(await callApi('', endpoints.renewToken, {}));
    } catch (error) {
      if (error instanceof ApiError && [401, 403].includes(error.problem.status)) {
        localStorage.removeItem(SIGNED_IN_MARK);
        return false;
      }
      throw error;
    }
    return this.session !== null;
  }

  async signIn(proof: { code: string } | { operatorSecret: string }): Promise<void> {
    this.#keep(await callApi('', endpoints.openSession, { body: proof }));
  }

  async signOut(): Promise<void> {
    await callApi('', endpoints.closeSession, {}, { token: this.session?.token });
    localStorage.removeItem(SIGNED_IN_MARK);
    this.session = null;
    this.redraw();
  }

  /** Calls an endpoint as this operator. @throws ApiError */
  async call<E extends EndpointSpec>(spec: E, call: EndpointCall<E>): Promise<EndpointResult<E>> {
    const idempotencyKey = spec.idempotency ? newId('key') : undefined;
    return callApi('', spec, call, { token: await this.token(), idempotencyKey });
  }

  async token(): Promise<string | undefined> {
    if (Date.now() > this.#renewAfter) await this.resume();
    return this.session?.token;
  }

  /** Runs what a button asked for; a fault becomes a toast. True when it went well. */
  async act(work: () => Promise<void>, done?: { text: string; undo?: () => Promise<void> }): Promise<boolean> {
    try {
      await work();
      if (done) this.say({ ...done, isFault: false });
      else this.redraw();
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 401) this.session = null;
      this.say({ text: explain(error), isFault: true });
      return false;
    }
  }

  say(toast: Toast): void {
    this.toast = toast;
    clearTimeout(this.#toastTimer);
    // A fault stays until it is closed; good news goes by itself.
    if (!toast.isFault) this.#toastTimer = setTimeout(() => this.hush(), TOAST_MS);
    this.redraw();
  }

  hush(): void {
    this.toast = null;
    this.redraw();
  }

  #keep(session: Session): void {
    localStorage.setItem(SIGNED_IN_MARK, '1');
    this.session = session.role === 'operator' ? session : null;
    // The lifetime counts from now by this device's clock, whatever that says.
    const issuedFor = readLifetimeMs(session.token);
    this.#renewAfter = Date.now() + issuedFor - MARGIN_MS;
  }
}

function readLifetimeMs(token: string): number {
  try {
    const claims = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as { iat?: number; exp?: number };
    if (claims.iat && claims.exp) return (claims.exp - claims.iat) * 1000;
  } catch {
    // Then every call renews, which is right and only slower.
  }
  return 0;
}
