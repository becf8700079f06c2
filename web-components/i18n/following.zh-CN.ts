// Owns the Chinese words of following a seller, of reminders, and of being forgotten.
import type { FollowingMessages } from './following.en.ts';

export const followingZhCN: FollowingMessages = {
  follow: (seller) => `关注${seller}`,
  following: (seller) => `已关注${seller}`,
  followers: (text) => `${text} 人关注`,
  tellHere: '有直播就通知我',
  willTell: '有直播时，这台设备会通知您。',
  remind: '开播提醒我',
  reminded: '已设提醒',
  remindedHint: '开播前十分钟和开播时各提醒一次，再点一下就取消。',
  failed: '没成功，请再试一次。',
  denied: '这个浏览器不让发通知。请到浏览器设置里打开，或者加到日历。',
  pushFailed: '这个浏览器收不到提醒，可以加到日历。',
  mine: '我关注的卖家',
  nothingPlanned: '暂时没有直播预告',
  onAir: '正在直播',
  soon: '时间待定',
  unfollow: (seller) => `不再关注${seller}`,
  unfollowed: (seller) => `已不再关注${seller}。`,
  undo: '撤销',
  forget: {
    offer: '把我的记录都删掉',
    what: '您在所有直播间说过的话、投的票、关注和提醒都会彻底删除，不能恢复。订单由卖家保留。',
    sure: '全部删除',
    keep: '先留着',
    done: '删好了，这里不再保留您的任何记录。',
  },
};
