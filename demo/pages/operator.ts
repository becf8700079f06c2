// Owns the operator's page: signing in, which part of the desk is open (in the address), and redrawing it.
import { html, nothing, render, type TemplateResult } from 'lit';
import { languageSwitch } from './frame.ts';
import { onLanguageChange, say } from './language.ts';
import mark from './mark.svg';
import { classesView } from './operator/classes.ts';
import { deliveryView } from './operator/delivery.ts';
import { Desk, type View } from './operator/desk.ts';
import { confirmDialog, toast } from './operator/dialogs.ts';
import { figuresView } from './operator/figures.ts';
import { moneyView } from './operator/money.ts';
import { ordersView } from './operator/orders.ts';
import { productView } from './operator/product-editor.ts';
import { productTableView } from './operator/product-table.ts';
import { productsView } from './operator/products.ts';
import { replaysView } from './operator/replays.ts';
import { sellersView } from './operator/sellers.ts';
import { showView } from './operator/show.ts';
import { showsView } from './operator/shows.ts';
import { uplinkView } from './operator/uplink.ts';
import { explain } from './problem.ts';

const page = document.querySelector<HTMLElement>('#page')!;
const REFRESH_MS = 5_000;
const desk = new Desk(schedule);
let view: View | null = null;
let route = '';
let fault: unknown = null;
let isLoading = true;
let isScheduled = false;

const tabs: readonly (readonly [path: string, words: readonly [zh: string, en: string]])[] = [
  ['shows', ['直播', 'Shows']],
  ['orders', ['订单', 'Orders']],
  ['money', ['收款', 'Money']],
  ['figures', ['数据', 'Figures']],
  ['products', ['商品', 'Products']],
  ['replays', ['回放', 'Replays']],
  ['sellers', ['卖家', 'Sellers']],
  ['classes', ['培训', 'Training']],
  ['uplink', ['线路', 'Line']],
];

function viewOf(path: string): View {
  const [part, id] = path.split('/');
  if (part === 'shows' && id) return showView(desk, id);
  if (part === 'products' && id === 'import') return productTableView(desk);
  if (part === 'orders') return ordersView(desk, id);
  if (part === 'money') return moneyView(desk, id);
  if (part === 'figures') return figuresView(id);
  if (part === 'products' && id) return productView(desk, id);
  if (part === 'products') return productsView(desk);
  if (part === 'replays') return replaysView(desk);
  if (part === 'sellers' && id && path.endsWith('/delivery')) return deliveryView(desk, id);
  if (part === 'sellers') return sellersView(desk);
  if (part === 'classes') return classesView();
  if (part === 'uplink') return uplinkView(desk);
  return showsView(desk);
}

async function open(): Promise<void> {
  route = location.hash.replace(/^#\/?/, '') || 'shows';
  const opened = viewOf(route);
  view = opened;
  isLoading = true;
  fault = null;
  draw();
  try {
    await opened.load();
  } catch (error) {
    fault = error;
  }
  if (view !== opened) return;
  isLoading = false;
  draw();
  page.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
}

async function signIn(proof: { code: string } | { operatorSecret: string }): Promise<void> {
  fault = null;
  try {
    await desk.signIn(proof);
    if (!desk.session) fault = 'role';
  } catch (error) {
    fault = error;
  }
  if (desk.session) await open();
  else draw();
}

function signInForm(): TemplateResult {
  return html`<main id="content" class="wrap sign-in" tabindex="-1">
    <img src=${mark} width="64" height="64" alt="" />
    <h1>${say('运营登录', 'Operator sign-in')}</h1>
    ${fault
      ? html`<p class="note fault" role="alert">${fault === 'role' ? say('这个链接不是运营的。请在手机上打开开播链接。', 'This link is not an operator’s. Open a go-live link on the phone.') : explain(fault)}</p>`
      : nothing}
    <form
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        const secret = String(new FormData(event.target as HTMLFormElement).get('secret') ?? '');
        void signIn({ operatorSecret: secret });
      }}
    >
      <label for="secret">${say('运营口令', 'Operator secret')}</label>
      <input id="secret" name="secret" type="password" autocomplete="current-password" required minlength="8" maxlength="256" />
      <button class="button">${say('登录', 'Sign in')}</button>
    </form>
    <p class="soft">${say('口令在服务器第一次启动时显示；启动时打印的一次性链接也可以直接登录。', 'The secret was shown when the server first started. The one-time link that npm start prints signs you in as well.')}</p>
    ${languageSwitch()}
  </main>`;
}

function header(): TemplateResult {
  const part = route.split('/')[0];
  return html`<header class="top">
    <div class="wrap">
      <a class="brand" href="./" aria-label=${say('演示首页', 'Demo front page')}><img src=${mark} width="34" height="34" alt="" /></a>
      <nav aria-label=${say('主导航', 'Main')}>
        ${tabs.map(([path, words]) => html`<a href="#/${path}" aria-current=${path === part ? 'page' : nothing}>${say(...words)}</a>`)}
      </nav>
      ${languageSwitch()}
      <button class="button quiet small" @click=${() => void desk.act(() => desk.signOut())}>${say('退出', 'Sign out')}</button>
    </div>
  </header>`;
}

function body(): unknown {
  if (fault) {
    return html`<div class="note fault" role="alert">
      <p>${explain(fault)}</p>
      <button class="button small" @click=${() => void open()}>${say('重试', 'Try again')}</button>
    </div>`;
  }
  if (isLoading || !view) return html`<p class="soft" role="status">${say('正在加载…', 'Loading…')}</p>`;
  return view.draw();
}

function draw(): void {
  document.title = `${desk.session && view ? view.title() : say('运营登录', 'Sign in')} · Fieldcast`;
  render(
    desk.session
      ? html`<a class="skip" href="#content" @click=${skip}>${say('跳到内容', 'Skip to content')}</a>${header()}
          <main id="content" class="wrap desk" tabindex="-1">${body()}</main>
          ${confirmDialog()} ${toast(desk)}`
      : signInForm(),
    page,
  );
}

// The address after # says which part is open, so a skip link must not change it.
function skip(event: Event): void {
  event.preventDefault();
  page.querySelector<HTMLElement>('#content')?.focus();
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  queueMicrotask(() => {
    isScheduled = false;
    draw();
  });
}

async function start(): Promise<void> {
  const code = /^#code=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (code) {
    // The code works once; it has no business in the history.
    history.replaceState(null, '', '#/shows');
    await signIn({ code });
    // A used link on a device that is signed in already is no fault.
    if (desk.session || !(await desk.resume().catch(() => false))) return;
    return open();
  }
  try {
    if (await desk.resume()) return await open();
  } catch (error) {
    fault = error;
  }
  draw();
}

onLanguageChange(schedule);
addEventListener('hashchange', () => {
  // A link pasted into a page that is open already changes the fragment only.
  if (location.hash.startsWith('#code=')) void start();
  else if (desk.session) void open();
});
setInterval(() => {
  if (document.visibilityState === 'visible' && desk.session && !isLoading && !fault) {
    // A missed refresh is made good by the next one; a lasting fault shows with the next act.
    view?.refresh?.().then(schedule, () => undefined);
  }
}, REFRESH_MS);
void start();
