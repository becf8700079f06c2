// Owns the Chinese words of hearts and polls as viewers see them.
import type { StageMessages } from './stage.en.ts';

export const stageZhCN: StageMessages = {
  tap: {
    heart: (count) => `送爱心，已有 ${count} 个`,
    thumb: (count) => `点赞，已有 ${count} 个`,
  },
  total: (count) => `${count} 个爱心和赞`,
  poll: '投票',
  aside: '先收起投票',
  choose: '点一下就投',
  voted: (count) => `${count} 人已投 · 点别的可以改`,
  closed: (count) => `投票结束 · 共 ${count} 票`,
  waits: '没有网络，恢复后自动投出。',
  refused: '没投成功，请再试一次。',
};
