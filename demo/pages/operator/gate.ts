// Owns who may watch a show on the operator's desk: open or by code, on which sites, in lists or not, and the one-time codes.
import { html, nothing, type TemplateResult } from 'lit';
import { type CodeSummary, endpoints, type FreshCode, type Gate, type Show } from '../../../server/protocol/index.ts';
import { say, sayTime } from '../language.ts';
import type { Desk } from './desk.ts';
import { confirm } from './dialogs.ts';

export interface GatePart {
  load(): Promise<void>;
  draw(show: Show): TemplateResult | typeof nothing;
}

const BATCH = 20;

export function gatePart(desk: Desk, showId: string): GatePart {
  let gate: Gate | null = null;
  let codes: readonly CodeSummary[] = [];
  let fresh: readonly FreshCode[] = [];
  /** Chosen in the form and not saved yet. */
  let needsCode: boolean | null = null;
  const params = { showId };

  async function load(): Promise<void> {
    const before = JSON.stringify(gate?.codes);
    gate = await desk.call(endpoints.readGate, { params });
    // The desk refreshes every few seconds; two thousand codes are read only when one of them has changed.
    if (JSON.stringify(gate.codes) !== before) codes = (await desk.call(endpoints.listCodes, { params })).codes;
  }

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const element = event.target as HTMLFormElement;
    const form = new FormData(element);
    const code = String(form.get('code') ?? '').trim();
    const origins = String(form.get('origins') ?? '').split(/[\s,，]+/).filter((each) => each !== '');
    await desk.act(
      async () => {
        gate = await desk.call(endpoints.changeGate, {
          params,
          body: { needsCode: form.get('who') === 'code', ...(code === '' ? {} : { code }), origins: origins.map(originOf), isHidden: form.get('hidden') === 'on' },
        });
        needsCode = null;
        element.reset();
      },
      { text: say('已保存', 'Saved') },
    );
  }

  async function signOutEveryone(): Promise<void> {
    const yes = await confirm(desk, {
      title: say('请所有人重新输码？', 'Ask everybody for the code again?'),
      text: say('正在看的人会马上被请出，要再输一次邀请码才能回来。用过的一次性邀请码不能再用。', 'Everybody who watches is shown out at once and has to enter a code again. One-time codes that were used do not work a second time.'),
      action: say('全部请出', 'Show everybody out'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        gate = await desk.call(endpoints.changeGate, { params, body: { signOutEveryone: true } });
      },
      { text: say('所有人都要重新输码了', 'Everybody is asked for the code again') },
    );
  }

  async function make(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const count = Number(new FormData(event.target as HTMLFormElement).get('count'));
    const made = await desk.act(async () => {
      fresh = (await desk.call(endpoints.makeCodes, { params, body: { count } })).codes;
      await load();
    });
    if (made) requestAnimationFrame(() => document.querySelector<HTMLDialogElement>('#codes')?.showModal());
  }

  async function revoke(code: CodeSummary): Promise<void> {
    const yes = await confirm(desk, {
      title: say(`作废 ${code.number} 号邀请码？`, `Revoke code no. ${code.number}?`),
      text: code.usedAt
        ? say('用它进来的那台设备会马上被请出。', 'The device that used it is shown out at once.')
        : say('拿着它的人就进不来了。', 'Whoever holds it cannot use it any more.'),
      action: say('作废', 'Revoke it'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        await desk.call(endpoints.revokeCode, { params: { showId, codeId: code.id } });
        await load();
      },
      { text: say('邀请码已作废', 'Code revoked') },
    );
  }

  async function revokeUnused(): Promise<void> {
    const yes = await confirm(desk, {
      title: say('作废所有没用过的邀请码？', 'Revoke all unused codes?'),
      text: say('已经进来的人不受影响。', 'Those who are in stay in.'),
      action: say('全部作废', 'Revoke them'),
    });
    if (!yes) return;
    await desk.act(
      async () => {
        await desk.call(endpoints.revokeUnusedCodes, { params });
        await load();
      },
      { text: say('没用过的都作废了', 'Unused codes revoked') },
    );
  }

  function form(now: Gate): TemplateResult {
    const byCode = needsCode ?? now.needsCode;
    const choose = (value: boolean) => (): void => {
      needsCode = value;
      desk.redraw();
    };
    return html`<form class="form" @submit=${save}>
      <fieldset class="choices">
        <legend class="visually-hidden">${say('谁能看', 'Who may watch')}</legend>
        <label class="choice"><input type="radio" name="who" value="all" .checked=${!byCode} @change=${choose(false)} /><span>${say('谁都能看', 'Everybody')}</span></label>
        <label class="choice"><input type="radio" name="who" value="code" .checked=${byCode} @change=${choose(true)} /><span>${say('要邀请码才能看', 'Only with a code')}</span></label>
      </fieldset>
      ${byCode
        ? html`<label
            >${say('大家通用的邀请码', 'The code for everybody invited')}
            <input name="code" minlength="6" maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder=${now.hasCode ? say('已设好；要换就填新的', 'Set. Type a new one to change it') : say('例如：APPLE2026（至少 6 位）', 'e.g. APPLE2026, at least 6 signs')} />
            <small class="soft">${say('设好后这里不再显示，请先记下来。换码不会请出已经进来的人。', 'It is not shown again, so write it down. Changing it shows nobody out.')}</small>
          </label>`
        : nothing}
      <label class="choice"><input type="checkbox" name="hidden" .checked=${now.isHidden} /><span>${say('不放进直播列表，只有拿到链接的人能找到', 'Leave it out of lists; only who has the link finds it')}</span></label>
      <details>
        <summary>${say('只许这些网站播放', 'Only on these sites')}${now.origins.length > 0 ? html` <span class="chip">${now.origins.length}</span>` : nothing}</summary>
        <label
          >${say('网站，一行一个；空着就是都可以', 'Sites, one a line; empty allows all')}
          <textarea name="origins" rows="3" placeholder="https://shop.example.org" .defaultValue=${now.origins.join('\n')}></textarea>
        </label>
      </details>
      <button class="button">${say('保存', 'Save')}</button>
    </form>`;
  }

  function state(code: CodeSummary): string {
    if (code.revokedAt) return say('已作废', 'Revoked');
    if (code.usedAt) return say(`已用 ${sayTime(code.usedAt)}`, `Used ${sayTime(code.usedAt)}`);
    return say('还没用', 'Not used yet');
  }

  function oneTime({ codes: counts }: Gate): TemplateResult {
    return html`<h3>${say('一次性邀请码', 'One-time codes')}</h3>
      <p class="soft">${say('一个码只放一台设备进来，适合印出来一人发一张。', 'Each lets one device in. Good for printing and handing out.')}</p>
      <form class="inline" @submit=${make}>
        <label>${say('做几个', 'How many')}<input name="count" type="number" min="1" max="200" required .defaultValue=${String(BATCH)} inputmode="numeric" /></label>
        <button class="button quiet">${say('做好并打印', 'Make and print')}</button>
      </form>
      ${codes.length === 0
        ? nothing
        : html`<details>
            <summary>${say(`没用 ${counts.unused} 个，已用 ${counts.used} 个，作废 ${counts.revoked} 个`, `${counts.unused} unused, ${counts.used} used, ${counts.revoked} revoked`)}</summary>
            ${counts.unused > 0 ? html`<p class="row"><button class="button danger small" @click=${() => void revokeUnused()}>${say('没用的全部作废', 'Revoke all unused')}</button></p>` : nothing}
            <ul class="lines">
              ${codes.map(
                (code) => html`<li class="row">
                  <span class="grow"><b>${say(`${code.number} 号`, `No. ${code.number}`)}</b> <span class="soft">${state(code)}</span></span>
                  ${code.revokedAt ? nothing : html`<button class="button danger small" aria-label=${say(`作废 ${code.number} 号`, `Revoke no. ${code.number}`)} @click=${() => void revoke(code)}>${say('作废', 'Revoke')}</button>`}
                </li>`,
              )}
            </ul>
          </details>`}`;
  }

  function sheet(show: Show): TemplateResult {
    return html`<dialog id="codes" class="sheet printable" aria-labelledby="codes-title" @close=${() => { fresh = []; desk.redraw(); }}>
      <h2 id="codes-title">${fresh.length > 0 ? show.title : nothing}</h2>
      <p class="note no-print">${say('这些码只显示这一次，请现在打印或抄下来。', 'These codes are shown only now. Print or copy them before you close this.')}</p>
      <ul class="tickets">
        ${fresh.map((code) => html`<li><small>${say(`${code.number} 号 · 邀请码`, `No. ${code.number} · code`)}</small><b>${code.code}</b><small>${show.title}</small></li>`)}
      </ul>
      <div class="row no-print">
        <button class="button" autofocus @click=${() => print()}>${say('打印', 'Print')}</button>
        <button class="button quiet" @click=${() => document.querySelector<HTMLDialogElement>('#codes')?.close()}>${say('完成', 'Done')}</button>
      </div>
    </dialog>`;
  }

  return {
    load,
    draw: (show) =>
      gate
        ? html`<details class="panel gate">
            <summary><h2>${say('谁能看', 'Who may watch')}</h2> <span class="soft">${summary(gate)}</span></summary>
            ${form(gate)}
            ${gate.needsCode
              ? html`<p class="row">
                    <span class="grow soft">${say(`已有 ${gate.admitted} 台设备凭码进来`, `${gate.admitted} ${gate.admitted === 1 ? 'device is' : 'devices are'} let in`)}</span>
                    ${gate.admitted > 0 ? html`<button class="button danger small" @click=${() => void signOutEveryone()}>${say('请所有人重新输码', 'Ask everybody again')}</button>` : nothing}
                  </p>
                  ${oneTime(gate)}`
              : nothing}
            ${sheet(show)}
          </details>`
        : nothing,
  };
}

function summary({ needsCode, origins, isHidden }: Gate): string {
  return [
    needsCode ? say('凭邀请码', 'with a code') : say('谁都能看', 'everybody'),
    ...(origins.length > 0 ? [say('限定网站', 'on some sites')] : []),
    ...(isHidden ? [say('不在列表里', 'not in lists')] : []),
  ].join(' · ');
}

/** What people paste is an address of a page of the site; what the server takes is its origin. */
function originOf(site: string): string {
  return URL.canParse(site) ? new URL(site).origin : site;
}
