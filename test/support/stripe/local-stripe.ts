// Owns a local server that speaks Stripe's wire format to the real SDK: form bodies, keys, errors, and everything that can go wrong on the way.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Fault, Faults } from './faults.ts';
import { type Form, readForm } from './form.ts';
import { Idempotency, type StoredAnswer } from './idempotency.ts';
import { Refusal, StripeLedger } from './ledger.ts';
import { type Delivery, deliver, eventOf, type StripeEvent } from './webhooks.ts';

export const SECRET_KEY = 'sk_test_local';
export const WEBHOOK_SECRETS = ['whsec_first', 'whsec_second'];

export interface SeenRequest {
  method: string;
  path: string;
  key: string | undefined;
  version: string | undefined;
  form: Form;
}

export class LocalStripe {
  readonly ledger: StripeLedger;
  readonly faults = new Faults();
  /** Requests that arrived, in their order. */
  readonly requests: SeenRequest[] = [];
  /** Everything that happened, as it would be told by webhooks. */
  readonly events: StripeEvent[] = [];
  /** Where events go as soon as they happen; undefined: nowhere until `deliver`. */
  webhookUrl: string | undefined;
  readonly #keys: Idempotency;
  readonly #sockets = new Set<Socket>();
  readonly #deliveries = new Set<Promise<unknown>>();
  #server: Server | undefined;
  #port = 0;

  private constructor(now: () => number) {
    this.#keys = new Idempotency(now);
    this.ledger = new StripeLedger(now, (type, object) => this.#happened(type, object));
  }

  static async open(options: { now?: () => number } = {}): Promise<LocalStripe> {
    const stripe = new LocalStripe(options.now ?? Date.now);
    await stripe.answerAgain();
    return stripe;
  }

  /** For `FIELDCAST_STRIPE_API_BASE`. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Settings of a server that is paid here. */
  get settings(): Record<string, string> {
    return {
      FIELDCAST_STRIPE_SECRET_KEY: SECRET_KEY,
      FIELDCAST_STRIPE_PUBLISHABLE_KEY: 'pk_test_local',
      FIELDCAST_STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRETS.join(','),
      FIELDCAST_STRIPE_API_BASE: this.url,
    };
  }

  /** What a page can do with its secret; `card_declined` and the like are answers. */
  async pay(clientSecret: string, card: { number: string; isSlow?: boolean }): Promise<{ error?: { type: string; message: string } }> {
    return this.ledger.pay(clientSecret, card);
  }

  async read(clientSecret: string): Promise<{ amountMinor: number; currency: string; email: string | null }> {
    return { ...this.ledger.toPay(clientSecret), email: null };
  }

  /** Sums of successful charges by the order that they name. */
  charged(): Map<string, number> {
    const sums = new Map<string, number>();
    for (const intent of this.ledger.intents.values()) {
      const order = intent.metadata['fieldcast_order'] ?? '';
      if (intent.charge) sums.set(order, (sums.get(order) ?? 0) + 1);
    }
    return sums;
  }

  /** Sends events, by default all that happened so far, each once. */
  async deliver(url: string, events: readonly StripeEvent[] = this.events, secrets: readonly string[] = WEBHOOK_SECRETS.slice(0, 1)): Promise<Delivery[]> {
    return Promise.all(events.map((event) => deliver(url, event, secrets)));
  }

  /** Waits for the webhooks that are on their way. */
  async delivered(): Promise<void> {
    while (this.#deliveries.size > 0) await Promise.allSettled([...this.#deliveries]);
  }

  /** From now on nobody answers at its address. */
  async refuse(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await new Promise<void>((resolve) => {
      server?.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
      if (!server) resolve();
    });
  }

  /** Opens its address (again). */
  async answerAgain(): Promise<void> {
    const server = createServer((incoming, outgoing) => void this.#answer(incoming, outgoing).catch(() => outgoing.destroy()));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    this.webhookUrl = undefined;
    await this.refuse();
    await this.delivered();
  }

  #happened(type: string, object: object): void {
    const event = eventOf(type, object);
    this.events.push(event);
    const url = this.webhookUrl;
    if (url === undefined) return;
    // A server that is just restarting hears of it again, as from Stripe, only sooner.
    const send = async (): Promise<void> => {
      for (let attempt = 0; attempt < 40 && this.webhookUrl !== undefined; attempt += 1) {
        const outcome = await deliver(this.webhookUrl, event, WEBHOOK_SECRETS.slice(0, 1)).catch(() => undefined);
        if (outcome?.status === 200) return;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    };
    const delivery: Promise<unknown> = send().finally(() => this.#deliveries.delete(delivery));
    this.#deliveries.add(delivery);
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', this.url);
    const method = incoming.method ?? 'GET';
    const body = Buffer.concat(chunks).toString();
    const form = readForm(method === 'POST' ? body : url.search.slice(1));
    const key = incoming.headers['idempotency-key'] as string | undefined;
    this.requests.push({ method, path: url.pathname, key, version: incoming.headers['stripe-version'] as string | undefined, form });

    const fault = this.faults.take(`${method} ${url.pathname}`);
    if (fault?.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    if (fault?.kind === 'black-hole') return;
    if (fault?.kind === 'reset') return void incoming.socket.destroy();
    if (fault?.kind === 'rate-limited') return send(outgoing, 429, { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' } });
    if (incoming.headers.authorization !== `Bearer ${SECRET_KEY}`) return send(outgoing, 401, { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } });

    const stored = method === 'POST' && key !== undefined ? this.#keys.begin(key, `${method} ${url.pathname}\n${body}`) : undefined;
    const told = stored ?? this.#tell(fault, method, url.pathname, form);
    // What was refused before it ran is not kept under its key.
    if (!stored && method === 'POST' && key !== undefined) this.#keys.finish(key, told.status === 404 || told.status === 400 ? undefined : told);
    if (fault?.kind === 'answer-lost') return void incoming.socket.destroy();
    if (fault?.kind === 'half-answer') return sendHalf(outgoing, incoming.socket, told);
    send(outgoing, told.status, told.body, stored?.isReplayed);
  }

  #tell(fault: Fault | undefined, method: string, path: string, form: Form): StoredAnswer {
    if (fault?.kind === 'fault') return brokenAnswer;
    const answer = this.#run(method, path, form);
    return fault?.kind === 'fault-after' ? brokenAnswer : answer;
  }

  #run(method: string, path: string, form: Form): StoredAnswer {
    try {
      return { status: 200, body: this.#act(method, path, form) };
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, body: error.body };
      throw error;
    }
  }

  #act(method: string, path: string, form: Form): unknown {
    const { ledger } = this;
    const expand = Array.isArray(form['expand']) ? form['expand'].map(String) : [];
    const [, resource, id, verb] = /^\/v1\/(checkout\/sessions|payment_intents|refunds|disputes|accounts)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
    switch (`${method} ${resource} ${id === undefined ? 'all' : (verb ?? 'one')}`) {
      case 'POST checkout/sessions all':
        return ledger.showSession(ledger.createSession(form));
      case 'GET checkout/sessions one':
        return ledger.showSession(ledger.session(id as string), expand);
      case 'POST checkout/sessions expire':
        return ledger.showSession(ledger.expireSession(id as string));
      case 'POST payment_intents all':
        return ledger.showIntent(ledger.createIntent(form));
      case 'GET payment_intents one':
        return ledger.showIntent(ledger.intent(id as string), expand);
      case 'POST payment_intents cancel':
        return ledger.showIntent(ledger.cancelIntent(id as string));
      case 'POST refunds all':
        return { object: 'refund', ...ledger.createRefund(form) };
      case 'GET refunds all':
        return { object: 'list', has_more: false, data: ledger.refunds.filter((each) => each.payment_intent === form['payment_intent']) };
      case 'GET accounts one':
        return ledger.account(id as string);
      case 'GET disputes all':
        return { object: 'list', has_more: false, data: ledger.disputes.filter((each) => each.payment_intent === form['payment_intent']) };
      default:
        throw new Refusal(404, { message: `Unrecognized request URL (${method}: ${path}).` });
    }
  }
}

const brokenAnswer: StoredAnswer = { status: 500, body: { error: { type: 'api_error', message: 'An unknown error occurred' } } };

function send(outgoing: ServerResponse, status: number, body: unknown, isReplayed = false): void {
  outgoing
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_local', ...(isReplayed ? { 'idempotent-replayed': 'true' } : {}), ...(status === 500 ? { 'stripe-should-retry': 'false' } : {}) })
    .end(JSON.stringify(body));
}

function sendHalf(outgoing: ServerResponse, socket: Socket, { status, body }: StoredAnswer): void {
  const text = JSON.stringify(body);
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  outgoing.write(text.slice(0, text.length / 2), () => socket.destroy());
}
