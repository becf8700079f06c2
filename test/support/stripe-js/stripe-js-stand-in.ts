// Owns a stand-in for Stripe's browser side, on a server of its own: the script, the form in its frame, the page of another app, and faults on
// the way. What it is asked about payments it asks the local Stripe server; everything else it hands on to that.
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What a form in the browser may learn of a payment, and do with it. */
export interface StripeBrowserSide {
  read(clientSecret: string): Promise<{ amountMinor: number; currency: string; email: string | null }>;
  /** `card_declined` and the like are answers, not exceptions. */
  pay(clientSecret: string, card: { number: string }): Promise<{ error?: { type: string; message: string } }>;
}

export interface StripeJsFaults {
  /** What happens to the script: it hangs, or is not there. */
  script: 'none' | 'hangs' | 'missing';
  /** What happens to a confirmation: its question or its answer is lost, or nobody answers. */
  confirm: 'none' | 'question-lost' | 'answer-lost' | 'hangs';
  /** Runs between the charge and its answer to the page. */
  afterCharge: () => Promise<void>;
}

export interface StripeJsStandIn {
  /** For `FIELDCAST_STRIPE_API_BASE`: pages find the script here, and the server the local Stripe. */
  url: string;
  faults: StripeJsFaults;
  /** Downloads of the script so far. */
  scriptLoads(): number;
  close(): Promise<void>;
}

const files: Record<string, string> = { '/stripe.js': 'text/javascript', '/form.js': 'text/javascript', '/form.css': 'text/css', '/form.html': 'text/html; charset=utf-8' };
const HANGS_MS = 60_000;

export async function startStripeJs(side: StripeBrowserSide, apiUrl: string): Promise<StripeJsStandIn> {
  const faults: StripeJsFaults = { script: 'none', confirm: 'none', afterCharge: async () => undefined };
  let scriptLoads = 0;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://stand-in');
    if (pathname === '/stripe.js') {
      scriptLoads += 1;
      if (faults.script === 'missing') return void outgoing.writeHead(404).end();
      if (faults.script === 'hangs') return void setTimeout(() => outgoing.destroy(), HANGS_MS).unref();
    }
    const type = files[pathname];
    if (type) return void outgoing.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(await readFile(join(import.meta.dirname, pathname)));
    if (pathname === '/stand-in/read') return json(outgoing, await side.read((await bodyOf(incoming))["secret"]!));
    if (pathname === '/stand-in/confirm') return confirm(await bodyOf(incoming), outgoing);
    if (pathname === '/stand-in/app') return app(searchParams, outgoing);
    if (pathname === '/stand-in/app/done') return back(searchParams, outgoing);
    handOn(incoming, outgoing);
  }

  async function confirm({ secret, way, number, returnUrl }: Record<string, string>, outgoing: ServerResponse): Promise<void> {
    if (faults.confirm === 'hangs') return;
    if (faults.confirm === 'question-lost') return void outgoing.destroy();
    if (way !== 'card') return json(outgoing, { redirectTo: `/stand-in/app?${new URLSearchParams({ secret: secret!, return: returnUrl! })}` });
    const paid = await side.pay(secret!, { number: number! });
    // A browser asks again by itself where a kept connection broke: that is no second charge.
    if (!paid.error) await faults.afterCharge();
    if (faults.confirm === 'answer-lost') return void outgoing.destroy();
    json(outgoing, paid);
  }

  /** The other app: it pays or does not, and goes back. */
  function app(search: URLSearchParams, outgoing: ServerResponse): void {
    const link = (isPaid: string) => `/stand-in/app/done?${new URLSearchParams({ ...Object.fromEntries(search), isPaid })}`;
    outgoing
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><title>Alipay</title><h1>Alipay</h1><p><a href="${link('yes')}">Authorize</a> <a href="${link('no')}">Refuse</a>`.replaceAll('&', '&amp;'));
  }

  async function back(search: URLSearchParams, outgoing: ServerResponse): Promise<void> {
    const isPaid = search.get('isPaid') === 'yes';
    if (isPaid) await side.pay(search.get('secret')!, { number: '4242424242424242' });
    const url = new URL(search.get('return')!);
    url.searchParams.set('payment_intent_client_secret', search.get('secret')!);
    url.searchParams.set('redirect_status', isPaid ? 'succeeded' : 'failed');
    // As a page of its own: a test's routes do not see where a redirect leads.
    outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><title>Alipay</title><script>location.replace(${JSON.stringify(url.href)})</script>`);
  }

  function handOn(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const onward = request(new URL(incoming.url ?? '/', apiUrl), { method: incoming.method, headers: incoming.headers }, (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    scriptLoads: () => scriptLoads,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>;
}

function json(outgoing: ServerResponse, body: unknown): void {
  outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
