// Owns the files of a class for who teaches it: putting in, looking at, taking away.
import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CLASS_LIMITS, type ClassView, type Material } from '../../../server/protocol/classes.ts';
import { addMaterial, readMaterial, removeMaterial } from '../../../server/protocol/endpoints.ts';
import { icon } from '../../ui/index.ts';
import { ClassPart } from './class-part.ts';
import { openFile } from './open-file.ts';

/** 20 MB over a slow wireless network. */
const UPLOAD_MS = 120_000;
const MB = 1_000_000;

export class FieldcastClassFiles extends ClassPart {
  @property({ attribute: false }) view!: ClassView;
  @state() private isSending = false;

  protected override render(): TemplateResult {
    const words = this.words.files;
    const { materials } = this.view;
    return html`<div class="stack">
      <label class="button primary big pick">${icon('plus')}${this.isSending ? words.uploading : words.add}<input type="file" accept=".pdf,.jpg,.jpeg,.png,.webp,.mp4,.txt" ?disabled=${this.isSending} @change=${(event: Event) => void this.#add(event)} /></label>
      <p class="soft">${words.hint}</p>
      ${materials.length === 0 ? this.empty('picture', words.empty) : materials.map((file) => this.#row(file))}
    </div>`;
  }

  #row(file: Material): TemplateResult {
    const words = this.words.files;
    return html`<div class="card row">
      <div class="grow"><b>${file.name}</b><span class="soft">${words.size(this.localize.number(Math.max(0.1, Math.round(file.bytes / (MB / 10)) / 10)))}</span></div>
      <button class="button" type="button" aria-label="${words.open}: ${file.name}" @click=${() => void this.#open(file)}>${words.open}</button>
      <button class="icon-button" type="button" aria-label="${words.remove}: ${file.name}" @click=${() => void this.#remove(file)}>${icon('trash')}</button>
    </div>`;
  }

  async #add(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    if (file.size > CLASS_LIMITS.materialBytes) {
      this.tell({ text: this.words.errors['input.too-large'], isFault: true });
      return;
    }
    this.isSending = true;
    // What a phone calls a photo may hold signs that no name of a file has.
    const name = file.name.replace(/[\\/:*?"<>|]/g, ' ').replace(/^[.\s]+/, '').slice(-100) || 'file';
    const body = new Blob([file], { type: 'application/octet-stream' });
    await this.change(({ client }) => client.call(addMaterial, { params: { classId: this.view.id }, query: { name }, body, timeoutMs: UPLOAD_MS }), this.words.files.added(name));
    this.isSending = false;
  }

  async #open({ id, name }: Material): Promise<void> {
    const file = await this.act(({ client }) => client.call(readMaterial, { params: { materialId: id }, timeoutMs: UPLOAD_MS }));
    if (file) openFile(file as unknown as Blob, name);
  }

  async #remove({ id, name }: Material): Promise<void> {
    if (confirm(this.words.files.removeAsk(name))) await this.change(({ client }) => client.call(removeMaterial, { params: { materialId: id } }));
  }
}
