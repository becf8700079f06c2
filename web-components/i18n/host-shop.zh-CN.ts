// Owns the Chinese words of a shop's own cart in the player.
import type { HostShopMessages } from './host-shop.en.ts';

const about = (name: string, words: string): string => (name === '' ? words : `${name}：${words}`);

export const hostShopZhCN: HostShopMessages = {
  title: '购物车',
  empty: '购物车是空的',
  emptyHint: '从货架上挑选商品吧，直播不会中断。',
  off: '购物车还没开放',
  offHint: '您可以接着看，也可以在聊天里问问怎么下单。',
  remove: (name) => `移除 ${name}`,
  gone: '已下架',
  asking: '正在和商店确认…',
  otherItems: (count) => `商店购物车里还有 ${count} 件其他商品。`,
  total: '合计',
  checkOut: '去商店结算',
  checkOutFor: (total) => `去商店结算 · ${total}`,
  opening: '正在打开商店的结算页…',
  load: '重新加载购物车',
  shopSays: (message) => `商店提示：${message}`,
  notices: {
    'out-of-stock': (name) => about(name, '库存不够了，购物车没有变。'),
    'limit-reached': (name) => about(name, '已达到限购数量，购物车没有变。'),
    'not-found': (name) => about(name, '商店现在没有这件商品。'),
    'sign-in': (name) => about(name, '请先登录商店，再试一次。'),
    unavailable: (name) => about(name, '没有成功，购物车没有变，请再试一次。'),
    timeout: (name) => about(name, '商店没有及时回应，请看一下购物车再试。'),
    off: (name) => about(name, '现在还不能下单。'),
    'not-loaded': () => '商店的购物车没有加载出来。',
  },
};
