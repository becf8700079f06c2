// Owns what the uplink budget has decided, in the operator's words: who gets what, why, and what helps.
import type { UplinkDecision, UplinkReport, UplinkShow } from '../../../server/protocol/index.ts';
import { language, say } from '../language.ts';

type LevelName = keyof UplinkReport['levels'];

/** `12.3 Mbit/s`, `850 kbit/s`. */
export function sayRate(kbps: number): string {
  const isLarge = kbps >= 1_000;
  const number = new Intl.NumberFormat(language(), { maximumFractionDigits: isLarge && kbps < 100_000 ? 1 : 0 }).format(isLarge ? kbps / 1_000 : kbps);
  return `${number} ${isLarge ? 'Mbit/s' : 'kbit/s'}`;
}

export function sayLevel(level: LevelName): string {
  if (level === 'full') return say('大画面', 'large picture');
  return level === 'small' ? say('小画面', 'small picture') : say('声音和图片', 'sound and stills');
}

/** One sentence on the whole line. */
export function sayState(report: UplinkReport): { text: string; isFull: boolean } {
  const less = report.shows.reduce((sum, show) => sum + show.lessFor.uplink + show.lessFor.processor, 0);
  if (!report.isLimited) {
    return {
      text: say(
        '没有设置带宽上限，大家想看什么就发什么。线路一旦占满，所有人都会卡，下单也会变慢。',
        'No limit is set: everybody is sent what they wish. Should the line fill up, everybody’s picture stops and orders get slow.',
      ),
      isFull: false,
    };
  }
  if (report.line.uplinkKbps === null) return { text: say('正在估算线路有多快，观看的人够多才能看出来。', 'Finding out how fast the line is; it takes enough viewers to tell.'), isFull: false };
  if (report.queued > 0) {
    return { text: say(`线路满了：${report.queued} 人在排队，排队时也能下单。`, `The line is full: ${people(report.queued)} in the queue and can shop meanwhile.`), isFull: true };
  }
  if (less > 0) {
    return { text: say(`线路不够所有人看大画面：${less} 人看得比想要的少，这样谁都不会卡。`, `The line cannot carry the large picture for all: ${people(less)} given less than they wish, so that nobody stalls.`), isFull: true };
  }
  if (report.shows.some(({ advice }) => advice !== null && (advice.maxVideoKbps !== null || advice.maxSmallKbps !== null))) {
    return { text: say('线路有点紧：已请主播把画面压小一些，这样人人都能看。', 'The line is tight: hosts are asked to send a smaller picture, so that everybody can have it.'), isFull: true };
  }
  return { text: say('线路够用：人人都有想要的画面。', 'The line suffices: everybody has the picture they wish.'), isFull: false };
}

/** Sentences on one show: `30 of 42 viewers get the small picture because the line is full`. */
export function sayShow({ levels, lessFor, viewers, queued, advice }: UplinkShow): string[] {
  if (!levels) return [];
  const sentences: string[] = [];
  const byServer = lessFor.uplink + lessFor.processor;
  if (viewers > 0 && byServer === 0 && queued === 0) sentences.push(say('人人都有想要的画面。', 'Everybody has the picture they wish.'));
  if (byServer > 0) {
    const because = lessFor.uplink >= lessFor.processor ? say('因为线路满了', 'because the line is full') : say('因为处理器忙不过来', 'because the processor is busy');
    const parts = (['small', 'sound'] as const).filter((level) => levels[level] > 0).map((level) => ({ level, count: levels[level] }));
    for (const { level, count } of parts) {
      sentences.push(
        level === 'small'
          ? say(`${viewers} 人里有 ${count} 人看小画面，${because}。`, `${count} of ${viewers} viewers get the small picture ${because}.`)
          : say(`${viewers} 人里有 ${count} 人只有声音和图片，${because}。`, `${count} of ${viewers} viewers get sound and stills ${because}.`),
      );
    }
  }
  if (lessFor.wish > 0) sentences.push(say(`${lessFor.wish} 人自己选了省流量。`, `${people(lessFor.wish)} saving data by their own choice.`));
  if (queued > 0) sentences.push(say(`${queued} 人在排队，先来的先进。`, `${people(queued)} in the queue; who came first goes first.`));
  const told = advice && sayAdvice(advice);
  if (told) sentences.push(told);
  return sentences;
}

export function sayDecision(decision: UplinkDecision): string {
  const { change, level, viewers, reason } = decision;
  const why = reason === 'processor' ? say('处理器忙不过来', 'the processor is busy') : say('线路满了', 'the line is full');
  const what = level ? sayLevel(level) : '';
  switch (change) {
    case 'lowered':
      return level
        ? say(`${viewers} 人改看${what}：${why}`, `${count(viewers)} down to ${what}: ${why}`)
        : say(`${viewers} 人回到排队：${why}`, `${count(viewers)} back to the queue: ${why}`);
    case 'raised':
      return say(`${viewers} 人恢复到${what}：线路有空了`, `${count(viewers)} back up to ${what}: there is room`);
    case 'entered-lower':
      return say(`${viewers} 人进来先看${what}：${why}`, `${count(viewers)} came in with ${what}: ${why}`);
    case 'queued':
      return say(`${viewers} 人开始排队：${why}`, `${count(viewers)} began to queue: ${why}`);
    case 'sent-to-hls':
      return say(`${viewers} 人改由缓存观看：${why}`, `${count(viewers)} sent to the cache: ${why}`);
    case 'host-advised':
      return (decision.advice && sayAdvice(decision.advice)) ?? say('主播可以按原来的清晰度发送了', 'The host may send the large picture as it likes again');
  }
}

function sayAdvice({ maxVideoKbps, maxSmallKbps }: NonNullable<UplinkShow['advice']>): string | undefined {
  if (maxVideoKbps !== null) {
    return say(`已请主播把画面压到 ${sayRate(maxVideoKbps)} 以内，让更多人看到大画面。`, `The host is asked to keep the picture under ${sayRate(maxVideoKbps)}, so that more people can have the large one.`);
  }
  if (maxSmallKbps !== null) return say(`已请主播把小画面压到 ${sayRate(maxSmallKbps)} 以内。`, `The host is asked to keep the small picture under ${sayRate(maxSmallKbps)}.`);
  return undefined;
}

/** What the operator can do; empty while there is nothing to do. */
export function sayRemedies(report: UplinkReport): string[] {
  const { line, isLimited, hasHlsCache } = report;
  if (!isLimited) {
    return [
      say(
        '先测一下线路的上行速度，把 FIELDCAST_UPLINK_KBPS 设成它的九成再重启。比如上行 30 Mbit/s，就填 27000。填 auto 会自己估算。',
        'Measure the line’s upload speed, set FIELDCAST_UPLINK_KBPS to nine tenths of it, and restart: 27000 for 30 Mbit/s. With auto it is estimated.',
      ),
    ];
  }
  if (!sayState(report).isFull) return [];
  const remedies = [
    say(
      `如果线路其实更快，把 FIELDCAST_UPLINK_KBPS 调大。照现在的画质，人人都看大画面要 ${sayRate(line.wantedKbps + line.reservedKbps)}。`,
      `If the line is faster than that, raise FIELDCAST_UPLINK_KBPS. The large picture for everybody, as it is sent now, takes ${sayRate(line.wantedKbps + line.reservedKbps)}.`,
    ),
  ];
  if (!hasHlsCache) {
    remedies.push(
      say(
        '在 /hls 前面放一个缓存或 CDN，并设置 FIELDCAST_HLS_BASE_URL：新来的人从缓存看，不占这条线路。',
        'Put a cache or CDN in front of /hls and set FIELDCAST_HLS_BASE_URL: newcomers then watch from there and take nothing of this line.',
      ),
    );
  }
  if (report.shows.some(({ lessFor }) => lessFor.processor > 0)) {
    remedies.push(say('处理器忙不过来：关掉机器上别的程序，或换一台核多的机器。', 'The processor is busy: stop other programs on the machine, or use one with more cores.'));
  }
  return remedies;
}

function people(number: number): string {
  return number === 1 ? '1 viewer is' : `${number} viewers are`;
}

function count(number: number): string {
  return number === 1 ? '1 viewer' : `${number} viewers`;
}
