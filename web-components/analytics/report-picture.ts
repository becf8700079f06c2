// Owns the report as a picture: drawn on a canvas, because a phone's messenger takes pictures and no pages.
import type { ShowReport, Trend } from '../../server/protocol/analytics.ts';
import type { AnalyticsMessages } from '../i18n/analytics.ts';
import { nameOf } from './figure-lists.ts';
import type { Writer } from './say.ts';
import { signOf, stepsOf } from './trend-drawing.ts';

const WIDTH = 1080;
const EDGE = 64;
const INNER = WIDTH - EDGE * 2;
const CHART = 360;
const FONT = 'system-ui, -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';
const [INK, MUTED, GREEN, AMBER, RED, PAPER, SOFT] = ['#1c221b', '#5a6657', '#1b6e2b', '#d98a00', '#c62828', '#ffffff', '#eef3ec'];

export interface PictureOptions {
  /** As others may see it. */
  report: ShowReport;
  trend: Trend | null;
  text: AnalyticsMessages;
  say: Writer;
  date: string;
}

/** Hands the picture to the phone's own sheet where there is one, else saves it. */
export async function shareReport(options: PictureOptions): Promise<void> {
  const canvas = drawReport(options);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) return;
  const file = new File([blob], `report-${options.report.showId}.png`, { type: 'image/png' });
  if (navigator.canShare?.({ files: [file] })) {
    const isDone = await navigator.share({ files: [file], title: options.report.title }).then(() => true, (fault: Error) => fault.name === 'AbortError');
    if (isDone) return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function drawReport({ report, trend, text, say, date }: PictureOptions): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = 4_000;
  const pen = canvas.getContext('2d')!;
  let y = EDGE;
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, WIDTH, canvas.height);
  const write = (words: string, size: number, options: { weight?: number; colour?: string; gap?: number } = {}): void => {
    pen.font = `${options.weight ?? 400} ${size}px ${FONT}`;
    pen.fillStyle = options.colour ?? INK;
    for (const line of linesOf(pen, words, INNER)) {
      y += size * 1.3;
      pen.fillText(line, EDGE, y);
    }
    y += options.gap ?? 10;
  };
  const { total, live } = report.figures;
  const count = (value: number | null): string => (value === null ? text.report.hidden : say.number(value));
  write(`${report.sellerName} · ${date}`, 30, { colour: MUTED, gap: 0 });
  write(report.title, 54, { weight: 750, gap: 26 });
  const tiles = [
    [text.live.viewers, count(total.viewers)], [text.live.orders, count(total.orders)],
    [text.live.placed, say.figure(total.placedMinor, 'minor')], [nameOf(text, 'peakOnline'), count(live.peakOnline)],
  ] as const;
  for (const [index, [name, value]] of tiles.entries()) {
    const left = EDGE + (index % 2) * (INNER / 2 + 10);
    const top = y + Math.floor(index / 2) * 160;
    pen.fillStyle = SOFT;
    pen.fillRect(left, top, INNER / 2 - 10, 144);
    pen.fillStyle = MUTED;
    pen.font = `500 28px ${FONT}`;
    pen.fillText(name, left + 24, top + 46);
    pen.fillStyle = INK;
    pen.font = `800 54px ${FONT}`;
    pen.fillText(value, left + 24, top + 112, INNER / 2 - 58);
  }
  y += 340;
  if (trend && trend.minutes.length > 0) {
    write(text.report.trend, 36, { weight: 700, gap: 76 });
    drawTrend(pen, trend, y, say);
    y += CHART + 60;
  }
  write(text.report.suggestions, 36, { weight: 700 });
  if (report.suggestions.length === 0) write(text.report.noSuggestions, 32);
  for (const [index, { kind, productName, numbers }] of report.suggestions.entries()) {
    const { what, why } = text.advice[kind](productName, numbers, say);
    write(`${index + 1}. ${what}`, 34, { weight: 700, gap: 0 });
    write(why, 30, { colour: MUTED, gap: 18 });
  }
  write(text.report.shareHint, 24, { colour: MUTED });
  const cut = document.createElement('canvas');
  cut.width = WIDTH;
  cut.height = Math.min(canvas.height, Math.ceil(y + EDGE));
  cut.getContext('2d')!.drawImage(canvas, 0, 0);
  return cut;
}

function drawTrend(pen: CanvasRenderingContext2D, { minutes, marks }: Trend, top: number, say: Writer): void {
  const { stepMs, steps } = stepsOf(minutes);
  const from = steps[0]?.at ?? 0;
  const to = from + steps.length * stepMs;
  const most = Math.max(1, ...steps.map(({ online }) => online));
  const mostOrders = Math.max(1, ...steps.map(({ orders }) => orders));
  const x = (at: number): number => EDGE + ((Math.min(Math.max(at, from), to) - from) / Math.max(1, to - from)) * INNER;
  const floor = top + CHART;
  const wide = INNER / Math.max(1, steps.length);
  pen.globalAlpha = 0.25;
  pen.fillStyle = RED!;
  for (const { kind, at, until } of marks) if (kind === 'outage') pen.fillRect(x(at), top, Math.max(3, x(until ?? to) - x(at)), CHART);
  pen.globalAlpha = 1;
  pen.fillStyle = AMBER!;
  for (const { at, orders } of steps) pen.fillRect(x(at) + wide * 0.15, floor - (orders / mostOrders) * CHART * 0.5, Math.max(2, wide * 0.7), (orders / mostOrders) * CHART * 0.5);
  pen.strokeStyle = GREEN!;
  pen.lineWidth = 5;
  pen.lineJoin = 'round';
  pen.beginPath();
  for (const { at, online } of steps) pen.lineTo(x(at + stepMs / 2), floor - (online / most) * CHART);
  pen.stroke();
  pen.fillStyle = MUTED!;
  pen.font = `500 24px ${FONT}`;
  pen.fillText(`${say.number(most)}`, EDGE, top - 30);
  for (const { kind, at } of marks) pen.fillText(signOf(kind), x(at) - 10, top - 6);
  pen.fillText(say.clock(from), EDGE, floor + 34);
  const end = say.clock(to);
  pen.fillText(end, WIDTH - EDGE - pen.measureText(end).width, floor + 34);
}

/** Words by words, or sign by sign where there are no gaps between them. */
function linesOf(pen: CanvasRenderingContext2D, words: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of words.match(/[\u2E80-\uFFEF]|[^\s\u2E80-\uFFEF]+\s*|\s+/gu) ?? []) {
    // A mark that closes never begins a line.
    if (line && !/^[。，、；：！？）」』,.;:!?)]/.test(part) && pen.measureText(line + part).width > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...lines, line];
}
