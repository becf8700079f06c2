// Owns the Chinese words around a show that is not on the screen yet: the code at the gate, waiting for the start, sharing.
import type { LobbyMessages } from './lobby.en.ts';

export const lobbyZhCN: LobbyMessages = {
  gate: {
    title: '请输入邀请码',
    forShow: (title) => `“${title}”只对受邀的朋友开放。`,
    code: '邀请上写的码',
    enter: '进入直播间',
    entering: '请稍等…',
    empty: '请先填上邀请码。',
    short: '邀请码至少有 6 个字母或数字。',
    hint: '不分大小写，空格不用管。这台设备输一次就行。',
    wait: (seconds) => `试的次数太多了，请 ${seconds} 秒后再试。`,
    siteTitle: '这个页面不能看',
    siteHint: '主办方只在指定的网页上播出，请用收到的链接打开。',
  },
  waiting: {
    soon: '马上就开始',
    late: '主播正在准备',
    calendar: '加到日历',
  },
  share: {
    share: '分享',
    copied: '链接已复制',
    byHand: '请复制这个链接',
    failed: '没拿到链接，请再试一次。',
  },
  timeLeft: {
    label: (text) => `距离开播还有 ${text}`,
    days: () => '天',
    hours: '时',
    minutes: '分',
    seconds: '秒',
  },
};
