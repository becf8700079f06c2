// Owns the service worker of the server's own pages, /fieldcast-push.js: shows what a push message says, opens the show. It touches no request.

interface PushEventLike extends Event {
  readonly data: { json(): unknown } | null;
  waitUntil(work: Promise<unknown>): void;
}
interface ClickEventLike extends Event {
  readonly notification: Notification & { data: unknown };
  waitUntil(work: Promise<unknown>): void;
}
interface PageClient {
  readonly url: string;
  focus(): Promise<unknown>;
}
interface WorkerScope {
  readonly registration: { showNotification(title: string, options: object): Promise<void> };
  readonly clients: { matchAll(options: object): Promise<PageClient[]>; openWindow(url: string): Promise<unknown>; claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: () => void): void;
  addEventListener(name: 'push', listener: (event: PushEventLike) => void): void;
  addEventListener(name: 'notificationclick', listener: (event: ClickEventLike) => void): void;
}
// Its type library and the pages' cannot be loaded together.
const worker = self as unknown as WorkerScope;

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('push', (event) => event.waitUntil(tell(event)));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

/** A browser takes the permission back from who gets a message and shows nothing. */
async function tell({ data }: PushEventLike): Promise<void> {
  let note: Record<string, unknown> = {};
  try {
    note = (data?.json() ?? {}) as Record<string, unknown>;
  } catch {
    // Not one of ours; there is a show all the same, or nobody would have sent it.
  }
  const lang = note['lang'] === 'en' ? 'en' : 'zh-CN';
  const at = typeof note['at'] === 'number' ? new Intl.DateTimeFormat(lang, { weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(note['at']) : '';
  const body = String(note['body'] ?? '').replace('{time}', at);
  const fallback = lang === 'en' ? 'There is a show' : '有直播';
  await worker.registration.showNotification(String(note['title'] || fallback), { body, lang, dir: 'auto', tag: String(note['tag'] ?? ''), renotify: note['tag'] !== undefined, data: note['url'] ?? '' });
}

async function open(url: string): Promise<void> {
  if (!/^https?:\/\//.test(url)) return;
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find((page) => page.url.split('#')[0] === url);
  await (there ? there.focus() : worker.clients.openWindow(url));
}

export {};
