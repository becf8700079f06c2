// Owns the Chinese words around replays.
import type { ReplayMessages } from './replay.en.ts';

const spokenTime = (timeMs: number): string => {
  const seconds = Math.floor(timeMs / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${hours > 0 ? `${hours} 小时` : ''}${minutes > 0 ? `${minutes} 分` : ''}${seconds % 60} 秒`;
};

export const replayZhCN: ReplayMessages = {
  watch: '看回放',
  again: '再看一遍',
  from: (time) => `从 ${time} 开始`,
  fromStart: '从头看',
  length: (time) => `全长 ${time}`,
  play: '播放',
  pause: '暂停',
  back: '后退 10 秒',
  ahead: '前进 10 秒',
  seek: '播放进度',
  spoken: (timeMs, lengthMs, product) => `${spokenTime(timeMs)}，全长 ${spokenTime(lengthMs)}${product ? `，${product}` : ''}`,
  speed: (rate) => `播放速度 ${rate}`,
  mute: '关声音',
  unmute: '开声音',
  chapters: '看讲解',
  chaptersTitle: '回放里讲过的商品',
  playing: '正在看',
  watchAt: (time) => `看讲解 ${time}`,
  watchProductAt: (name, seen) => `${seen}：${name}`,
  share: '分享这一刻',
  shareAt: (time) => `打开链接就从 ${time} 开始播。`,
  counting: '观看统计',
  copy: '复制链接',
  copied: '已复制',
  send: '发给别人',
  link: '链接',
  clip: (name) => `保存这段视频：${name}`,
  close: '关闭',
  failedTitle: '回放放不出来',
  failedHint: '请看看网络，再试一次。',
  unsupported: '这个浏览器放不了回放，请换手机自带的浏览器或 Chrome。',
};
