// Owns the words for keeping somebody from writing, in all languages: the chat and the staff's desk say the same.

export const restrictEn = {
  heading: (name: string) => `Keep ${name} from writing`,
  mute: 'Mute',
  muteHint: 'They are told, and can write again by themselves when the time is over.',
  shadow: 'Hide quietly',
  shadowHint: 'They go on seeing their own messages; nobody else does, and they are not told. For those who would only come back.',
  ban: 'Ban',
  banHint: 'Takes back what they wrote and holds on this phone and network: a new tab or browser does not help. Neighbours who wrote before are spared.',
  minutes: (minutes: number) => (minutes < 60 ? `${minutes} min` : minutes < 1440 ? `${minutes / 60} h` : minutes === 1440 ? '1 day' : `${minutes / 1440} days`),
  done: { mute: (name: string, time: string) => `${name} cannot write for ${time}`, shadow: (name: string, time: string) => `Nobody sees what ${name} writes for ${time}`, ban: (name: string, time: string) => `${name} is banned for ${time}` },
  cancel: 'Not now',
};
export type RestrictMessages = typeof restrictEn;

export const restrictZhCN: RestrictMessages = {
  heading: (name) => `不让“${name}”发言`,
  mute: '禁言',
  muteHint: '对方会收到提示，到时间自动恢复。',
  shadow: '悄悄屏蔽',
  shadowHint: '对方还能看到自己发的话，别人都看不到，也不会提示对方。适合赶走又会回来的人。',
  ban: '封禁',
  banHint: '收回对方发过的话，并按手机和网络拦住：换标签页、换浏览器都没用。同一网络里早就发过言的邻居不受影响。',
  minutes: (minutes) => (minutes < 60 ? `${minutes} 分钟` : minutes < 1440 ? `${minutes / 60} 小时` : `${minutes / 1440} 天`),
  done: { mute: (name, time) => `${name} 已禁言 ${time}`, shadow: (name, time) => `${name} 的发言 ${time}内别人都看不到`, ban: (name, time) => `${name} 已封禁 ${time}` },
  cancel: '先不',
};
