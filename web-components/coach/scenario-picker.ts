// Owns the choice of what is played: the scenarios there are, how quick and in which language, and bringing one's own.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { scriptLangs, type ScriptLang } from '../../server/protocol/cue-limits.ts';
import { addScenario, listScenarios, readScenarioFile, removeScenario } from '../../server/protocol/endpoints.ts';
import type { ScenarioSummary } from '../../server/protocol/played-audience.ts';
import { playedSpeeds, type PlayedSpeed, SCENARIO_BYTES_MOST, scenarioFaults, type ScenarioFault } from '../../server/protocol/scenario-limits.ts';
import { playedAudienceMessages } from '../i18n/played-audience.ts';
import { Localize } from '../i18n/index.ts';
import type { Failure } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { saveFile } from '../ui/save-file.ts';
import { audienceStyles } from './audience.styles.ts';
import { CoachPart } from './coach-part.ts';
import type { Trainee } from './trainee.ts';

export interface PlayWish {
  scenarioId: string;
  language: ScriptLang;
  speed: PlayedSpeed;
}

/** @fires scenario-play - `PlayWish` in `detail` */
export class FieldcastScenarioPicker extends CoachPart {
  static override styles = [...CoachPart.styles, audienceStyles];

  @property({ type: Boolean }) isBusy = false;
  @state() private scenarios: readonly ScenarioSummary[] | null = null;
  @state() private fault: Failure | null = null;
  @state() private refusal: Failure | null = null;
  @state() private speed: PlayedSpeed = 1;
  /** Null: that of this page. */
  @state() private language: ScriptLang | null = null;
  readonly #own = new Localize(this, playedAudienceMessages);

  protected override entered(trainee: Trainee): void {
    void this.#read(trainee);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { trainee, scenarios, fault } = this;
    const words = this.#own.text;
    if (!trainee) return nothing;
    if (!scenarios) {
      if (!fault) return html`<p role="status">${words.loading}</p>`;
      return html`<div class="stack"><p role="alert">${words.errors[fault.code]}</p><button class="button" type="button" @click=${() => void this.#read(trainee)}>${icon('retry')}${words.again}</button></div>`;
    }
    return html`<div class="stack">
      <h3>${words.choose}</h3>
      <div class="choices">
        <fieldset class="choice">
          <legend>${words.language}</legend>
          ${scriptLangs.map((language) => html`<button class="button" type="button" lang=${language} aria-pressed=${language === this.#language ? 'true' : 'false'} @click=${() => (this.language = language)}>${words.languages[language]}</button>`)}
        </fieldset>
        <fieldset class="choice">
          <legend>${words.speed}</legend>
          ${playedSpeeds.map((speed) => html`<button class="button" type="button" aria-pressed=${speed === this.speed ? 'true' : 'false'} @click=${() => (this.speed = speed)}>${words.speedOf(speed)}</button>`)}
        </fieldset>
      </div>
      <ul class="scenarios">
        ${scenarios.map((scenario) => this.#scenario(scenario))}
      </ul>
      <h3>${words.own}</h3>
      <p class="soft">${words.ownHint}</p>
      <div class="row">
        <label class="button file">${icon('plus')}${words.bring}<input type="file" accept=".json,application/json,text/plain" @change=${this.#chosen} /></label>
      </div>
      ${this.refusal ? this.#faults(this.refusal) : nothing}
    </div>`;
  }

  get #language(): ScriptLang {
    return this.language ?? this.#own.locale;
  }

  #scenario({ id, name, about, stage, minutes, acts, viewers, isOwn }: ScenarioSummary): TemplateResult {
    const words = this.#own.text;
    const title = name[this.#own.locale];
    return html`<li>
      <span class="title">${title}</span>
      <button class="button primary" type="button" ?disabled=${this.isBusy} aria-label=${words.playThis(title)} @click=${() => this.#play(id)}>${icon('play')}${words.play}</button>
      ${about[this.#own.locale] ? html`<span class="about">${about[this.#own.locale]}</span>` : nothing}
      <span class="foot">
        <span class="facts">${words.stages[stage]} · ${words.facts(minutes, acts, viewers)}</span>
        <button class="button" type="button" aria-label=${words.file(title)} @click=${() => void this.#save(id)}>${words.fileShort}</button>
        ${isOwn ? html`<button class="icon-button" type="button" aria-label=${words.remove(title)} @click=${() => void this.#remove(id, title)}>${icon('trash')}</button>` : nothing}
      </span>
    </li>`;
  }

  #faults({ code, issues = [] }: Failure): TemplateResult {
    const words = this.#own.text;
    const lines = code === 'scenario.invalid' ? issues.map(({ path, message }) => ({ ...placeOf(path), fault: message })) : [];
    if (lines.length === 0) return html`<p class="faults" role="alert">${words.errors[code]}</p>`;
    return html`<div class="faults" role="alert">
      <strong>${words.faultsTitle}</strong>
      <ul>
        ${lines.map(({ line, field, fault }) => html`<li>${words.faultAt(line, field)}${words.colon}${isFault(fault) ? words.faults[fault] : fault}</li>`)}
      </ul>
    </div>`;
  }

  #play(scenarioId: string): void {
    this.dispatchEvent(new CustomEvent<PlayWish>('scenario-play', { detail: { scenarioId, language: this.#language, speed: this.speed } }));
  }

  async #read(trainee: Trainee): Promise<void> {
    const listed = await trainee.client.call(listScenarios, {});
    if (listed.ok) this.scenarios = listed.value.scenarios;
    this.fault = listed.ok ? null : listed.error;
  }

  async #chosen(event: Event): Promise<void> {
    const field = event.target as HTMLInputElement;
    const [file] = field.files ?? [];
    // The same file once more, after it was put right, is a change too.
    field.value = '';
    if (!file) return;
    if (file.size > SCENARIO_BYTES_MOST) {
      this.refusal = { code: 'scenario.invalid', status: 422, detail: '', issues: [{ path: '1:', message: 'too-long' }] };
      return;
    }
    await this.#bring(file);
  }

  async #bring(file: Blob): Promise<void> {
    const { trainee } = this;
    if (!trainee) return;
    const brought = await trainee.client.call(addScenario, { body: file });
    this.refusal = brought.ok ? null : brought.error;
    if (!brought.ok) return;
    await this.#read(trainee);
    this.tell({ text: this.#own.text.brought(brought.value.name[this.#own.locale]) });
  }

  async #fileOf(id: string): Promise<Blob | undefined> {
    const read = await this.trainee?.client.call(readScenarioFile, { params: { scenarioId: id } });
    return read && this.worked(read) ? new Blob([await read.value.text()], { type: 'application/json' }) : undefined;
  }

  async #save(id: string): Promise<void> {
    const file = await this.#fileOf(id);
    if (file) saveFile(file, `${id}.json`);
  }

  async #remove(id: string, name: string): Promise<void> {
    const { trainee } = this;
    const file = await this.#fileOf(id);
    if (!trainee || !file || !this.worked(await trainee.client.call(removeScenario, { params: { scenarioId: id } }))) return;
    await this.#read(trainee);
    const words = this.#own.text;
    this.tell({ text: words.removed(name), undo: { label: words.undo, run: () => this.#bring(file) } });
  }
}

/** Line and field of an issue's path, `12:acts.3.at`. */
function placeOf(path: string): { line: number; field: string } {
  const [line = '1', ...field] = path.split(':');
  return { line: Number(line), field: field.join(':') };
}

function isFault(name: string): name is ScenarioFault {
  return (scenarioFaults as readonly string[]).includes(name);
}
