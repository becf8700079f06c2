// Owns the words of cues that are one tap: what the coach picks and what the host reads, short enough for one glance.
import type { CuePreset } from '../../server/protocol/coach-limits.ts';

export const cueWordsEn: Record<CuePreset, string> = {
  good: 'Very good!',
  smile: 'Smile',
  camera: 'Look into the camera',
  louder: 'Louder',
  slower: 'Slower',
  closer: 'Hold it closer',
  price: 'Say the price',
  chat: 'Answer the chat',
  pin: 'Pin the product',
  'wrap-up': 'Come to the end',
};

export const cueWordsZhCN: Record<CuePreset, string> = {
  good: '很好！',
  smile: '笑一笑',
  camera: '看镜头',
  louder: '大声点',
  slower: '慢点说',
  closer: '拿近点',
  price: '报价格',
  chat: '回评论',
  pin: '挂商品',
  'wrap-up': '准备收尾',
};
