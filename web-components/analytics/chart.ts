// Owns a chart that is drawn by uPlot, walked through with the arrow keys, and told to a screen reader point by point; its table stands below it.
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type uPlot from 'uplot';

export interface ChartSeries {
  name: string;
  /** As it is written, with its unit. */
  write: (value: number) => string;
  values: readonly (number | null)[];
}

export interface ChartData {
  label: string;
  /** Seconds since epoch for a chart over time, else 0, 1, 2... */
  at: readonly number[];
  isTime: boolean;
  /** What stands under a point. */
  writeAt: (index: number) => string;
  series: readonly ChartSeries[];
  bars?: boolean;
}

const HEIGHT = 260;
/** Of the axis of values, and what a name needs to be told from others, px. */
const AXIS = 64;
const NAME = 46;
/** Of series, told apart by their brightness too; as classes, because each is another one on a dark page. */
const COLOURS = ['first', 'second', 'third'] as const;

/** Inside the explorer only. */
export class FieldcastChart extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      min-block-size: ${HEIGHT}px;
    }
    .plot {
      block-size: ${HEIGHT}px;
      border-radius: 8px;
      outline-offset: 2px;
    }
    .plot:focus-visible {
      outline: 3px solid var(--fc-accent);
    }
    .point {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 14px;
      min-block-size: 1.5em;
      margin: 4px 0 0;
      font-size: 15px;
      font-variant-numeric: tabular-nums;
    }
    .point i {
      font-style: normal;
    }
    .ink {
      color: var(--fc-muted);
    }
    .rule {
      color: var(--fc-line);
    }
    .first {
      color: #17713b;
      color: light-dark(#17713b, #6fd08f);
    }
    .second {
      color: #8a5700;
      color: light-dark(#8a5700, #f0b548);
    }
    .third {
      color: #2b5fb3;
      color: light-dark(#2b5fb3, #8fb8ff);
    }
    .uplot {
      position: relative;
    }
    .u-wrap {
      position: relative;
      user-select: none;
    }
    .u-over,
    .u-under,
    .u-axis {
      position: absolute;
    }
    .u-under {
      overflow: hidden;
    }
    canvas {
      display: block;
      position: relative;
      inline-size: 100%;
      block-size: 100%;
    }
    .u-cursor-x,
    .u-cursor-y {
      position: absolute;
      inset-inline-start: 0;
      inset-block-start: 0;
      pointer-events: none;
    }
    .u-cursor-x {
      block-size: 100%;
      border-inline-end: 1px dashed var(--fc-muted);
    }
    .u-cursor-y,
    .u-select,
    .u-legend,
    .u-off {
      display: none;
    }
    .u-cursor-pt {
      position: absolute;
      inset-block-start: 0;
      inset-inline-start: 0;
      border-radius: 50%;
      border: 0 solid;
      pointer-events: none;
      background-clip: padding-box !important;
    }
  `;

  @property({ attribute: false }) data: ChartData | null = null;
  @state() private index: number | null = null;
  #plot: uPlot | null = null;
  #resizes: ResizeObserver | null = null;
  readonly #darkness = matchMedia('(prefers-color-scheme: dark)');
  readonly #redraw = (): void => void (this.data && this.#draw(this.data));

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes = new ResizeObserver(() => this.#plot?.setSize({ width: Math.max(200, this.clientWidth), height: HEIGHT }));
    this.#resizes.observe(this);
    this.#darkness.addEventListener('change', this.#redraw);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
    this.#darkness.removeEventListener('change', this.#redraw);
    this.#plot?.destroy();
    this.#plot = null;
  }

  protected override render(): TemplateResult {
    const { data, index } = this;
    const last = Math.max(0, (data?.at.length ?? 1) - 1);
    const point = data && index !== null && index <= last ? [data.writeAt(index), ...data.series.map(({ name, write, values }) => `${name}: ${values[index] === null || values[index] === undefined ? '–' : write(values[index])}`)] : [];
    return html`<div
        class="plot"
        tabindex="0"
        role="slider"
        aria-label=${data?.label ?? ''}
        aria-valuemin="0"
        aria-valuemax=${last}
        aria-valuenow=${index ?? 0}
        aria-valuetext=${point.join(', ')}
        @keydown=${this.#onKey}
      ></div>
      ${['ink', 'rule', ...COLOURS].map((name) => html`<i class=${`${name} of-plot`} hidden></i>`)}
      <p class="point" aria-hidden="true">${point.length > 0 ? point.map((words) => html`<i>${words}</i>`) : data?.series.map(({ name }, at) => html`<i class=${classAt(at)}>● ${name}</i>`)}</p>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('data') && this.data) {
      this.index = null;
      void this.#draw(this.data);
    }
  }

  async #draw(data: ChartData): Promise<void> {
    const { default: Plot } = await import('uplot');
    if (data !== this.data || !this.isConnected) return;
    this.#plot?.destroy();
    // Of elements, because what a property says need not be a colour that a canvas knows.
    const colourOf = (name: string): string => getComputedStyle(this.renderRoot.querySelector(`.of-plot.${name}`)!).color;
    const ink = colourOf('ink');
    const line = colourOf('rule');
    const font = `13px ${getComputedStyle(this).fontFamily}`;
    const [first] = data.series;
    const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
    const bars = data.bars ? { paths: Plot.paths.bars!({ size: [0.7, 48] }) } : {};
    this.#plot = new Plot(
      {
        width: Math.max(200, this.clientWidth),
        height: HEIGHT,
        scales: { x: { time: data.isTime, ...(data.bars ? { range: (): [number, number] => [-0.6, data.at.length - 0.4] } : {}) }, y: { range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(1, (high ?? 1) * 1.05)] } },
        axes: [
          data.isTime ? { ...axis, values: (_, splits) => splits.map((at) => this.#label(data, at)) } : { ...axis, splits: () => [...data.at], values: (_, splits) => this.#names(data, splits) },
          { ...axis, size: AXIS, values: (_, splits) => toldOnce(splits.map((value) => first?.write(value).replace(/[.,]00$/, '') ?? '')) },
        ],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false },
        series: [{}, ...data.series.map(({ name }, at) => ({ label: name, stroke: colourOf(classAt(at)), width: 2, spanGaps: true, points: { show: !data.bars && data.at.length < 60 }, ...(data.bars ? { fill: colourOf(classAt(at)), ...bars } : {}) }))],
        hooks: { setCursor: [({ cursor }) => void (cursor.idx !== undefined && cursor.idx !== null && (cursor.left ?? -1) >= 0 && (this.index = cursor.idx))] },
      },
      [[...data.at], ...data.series.map(({ values }) => [...values])] as uPlot.AlignedData,
      this.renderRoot.querySelector<HTMLElement>('.plot')!,
    );
  }

  /** As much of each name as has room under its bar; where that is next to nothing, every second name, third... */
  #names(data: ChartData, splits: readonly number[]): string[] {
    const room = (Math.max(200, this.clientWidth) - AXIS - 24) / data.at.length;
    const every = Math.max(1, Math.ceil(NAME / room));
    return splits.map((at) => (at % every === 0 ? cutTo(data.writeAt(at), room * every - 6) : ''));
  }

  #label(data: ChartData, at: number): string {
    const index = data.at.findIndex((each) => each >= at);
    return index < 0 ? '' : data.writeAt(index);
  }

  #onKey(event: KeyboardEvent): void {
    const { data } = this;
    const last = (data?.at.length ?? 0) - 1;
    if (!data || last < 0) return;
    const now = this.index ?? (event.key === 'ArrowLeft' ? last + 1 : -1);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, PageDown: now + 10, PageUp: now - 10, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = Math.max(0, Math.min(last, next));
    this.#plot?.setCursor({ left: this.#plot.valToPos(data.at[index]!, 'x'), top: 0 });
    this.index = index;
  }
}

const classAt = (series: number): string => COLOURS[series % COLOURS.length] as string;

/** At 13 px a Chinese sign is as wide as the letters are high, others about half of that. */
const widthOf = (words: string): number => [...words].reduce((width, sign) => width + (sign > '\u2e80' ? 13 : 7.5), 0);

function cutTo(words: string, width: number): string {
  if (widthOf(words) <= width) return words;
  const signs = [...words];
  while (signs.length > 1 && widthOf(signs.join('')) + 13 > width) signs.pop();
  return `${signs.join('')}…`;
}

/** Half a cent is written like the cent above it, which is told once. */
function toldOnce(labels: readonly string[]): string[] {
  return labels.map((label, index) => (label === labels[index - 1] ? '' : label));
}
