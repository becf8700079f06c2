// Owns the Chinese words of the list of shows.
import type { ShowsMessages } from './shows.en.ts';

export const showsZhCN: ShowsMessages = {
  live: '直播中',
  away: '马上回来',
  soon: '预告',
  past: '往期直播',
  coming: '直播预告',
  onAir: '正在直播',
  viewers: (count) => `${count} 人在看`,
  starts: (when) => when,
  startsIn: (left) => `还有 ${left}`,
  anyMoment: '马上开始',
  anyTime: '时间待定',
  replay: '看回放',
  ended: (when) => `${when} 播过`,
  needsCode: '凭邀请码',
  empty: '还没有直播，下一场会在这里预告。',
  loading: '正在加载…',
  failed: '直播列表没有加载出来。',
  retry: '再试一次',
  days: (count) => `${count} 天`,
  hours: (count) => `${count} 小时`,
  minutes: (count) => `${count} 分钟`,
};
