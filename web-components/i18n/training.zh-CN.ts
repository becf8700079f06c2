// Owns the Chinese words of practice: rehearsals, going live from them, and coaches.
import { errorsZhCN } from './errors.zh-CN.ts';
import type { TrainingMessages } from './training.en.ts';

export const trainingZhCN: TrainingMessages = {
  errors: errorsZhCN,
  loading: '正在打开…',
  retry: '再试一次',
  back: '返回',
  close: '关闭',
  undo: '撤销',
  colon: '：',
  mark: '练习',
  markHint: '这是练习。外面的人看不到，也不会真的卖出东西。',
  coach: {
    label: '教练',
    signIn: { title: '需要链接才能进来', hint: '请向主播或管理员要一个教练链接，在这台设备上打开。' },
    revoked: { title: '您的权限已被收回', hint: '如果还要继续带练，请再要一个新链接。' },
    notACoach: { title: '这台设备现在是别的身份', hint: '请再打开一次教练链接，以教练身份登录。' },
    signInAs: '以教练身份登录',
    shows: '您带的主播',
    empty: '还没有练习',
    emptyHint: '您可以开一场，也可以等主播开。有了会自动出现在这里。',
    rehearsal: '练习',
    live: '正式直播',
    statuses: { planned: '还没开始', live: '正在播', paused: '主播暂离', ended: '已结束' },
    ask: '申请加入',
    asked: '等对方答复',
    allowed: '可以带练',
    refused: '这次不方便',
    ended: '已收回',
    askAgain: '再申请一次',
    signOut: '退出登录',
  },
};
