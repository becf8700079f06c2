// Owns what a demo page says when a call fails: what happened and what to do, in plain words.
import { ApiError } from '../api.ts';
import { say } from './language.ts';

/** One or two sentences for people about any fault. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return say('页面出了点问题，请刷新后再试。', 'Something went wrong on this page. Reload and try again.');
  const { code, issues } = error.problem;
  switch (code) {
    case 'offline':
      return say('连不上服务器。请检查网络，然后重试。', 'The server cannot be reached. Check the connection, then try again.');
    case 'auth.missing':
    case 'auth.invalid':
      return say('登录已过期，请重新登录。', 'You are signed out. Sign in again.');
    case 'auth.forbidden':
      return say('这个账号没有此权限。', 'This account may not do that.');
    case 'auth.link-used':
      return say('链接已用过或已过期，请用运营口令登录，或重新生成链接。', 'This link has been used or is too old. Sign in with the operator secret, or make a new link.');
    case 'not-found':
      return say('内容已不存在，请返回列表刷新。', 'It is no longer there. Go back to the list and reload.');
    case 'rate.limited':
      return say('操作太快了，请等一分钟再试。', 'That was too often. Wait a minute and try again.');
    case 'picture.unreadable':
    case 'input.media-type':
      return say('这张图片无法读取，请换一张 JPEG、PNG 或 WebP。', 'This picture cannot be read. Choose a JPEG, PNG or WebP.');
    case 'input.too-large':
      return say('图片太大，请换一张 12 MB 以内的。', 'This file is too large. Choose one under 12 MB.');
    case 'input.invalid':
      return say('有内容填写不正确：', 'Something is not filled in right: ') + (issues ?? []).map((issue) => `${issue.path} ${issue.message}`).join('; ');
    case 'payment.refused':
      return refusedAccount(String(error.problem.params?.['reason'] ?? ''));
    case 'payment.unavailable':
      return say('Stripe 没有回应，什么都没有改。请稍后再试。', 'Stripe does not answer, and nothing was changed. Try again in a moment.');
    case 'show.wrong-state':
      return say('直播状态已变化，请刷新后再试。', 'The show has moved on meanwhile. Reload and try again.');
    case 'show.open-orders':
      return say(`还有 ${error.problem.params?.['count'] ?? ''} 个订单没有完成，请先处理完或取消。`, `${error.problem.params?.['count'] ?? 'Some'} orders of this show are still open. Finish or cancel them first.`);
    case 'replay.not-found':
      return say('这场直播没有回放。', 'There is no replay of this show.');
    case 'shelf.full':
      return say('货架已满，请先下架一件。', 'The shelf is full. Take something off first.');
    case 'shelf.not-on-shelf':
      return say('这件商品不在货架上，请先上架。', 'This product is not on the shelf. Put it there first.');
    case 'stock.insufficient':
      return say('库存不够。', 'There is not enough stock.');
    case 'order.wrong-state':
      return say('订单已进入下一步，请刷新。', 'The order has moved on meanwhile. Reload.');
    case 'server.closing':
    case 'storage.unavailable':
    case 'media.unavailable':
      return say('服务器正忙，请稍后重试。', 'The server is busy for a moment. Try again shortly.');
    default:
      return say(`服务器出了点问题（${code}），请稍后再试。`, `The server had a problem (${code}). Try again shortly.`);
  }
}

/** Why an account cannot be paid by card, and what to do. */
function refusedAccount(reason: string): string {
  if (reason === 'no_transfers') return say('这个账户还不能收钱。请卖家先在 Stripe 填完资料。', 'This account cannot receive money yet. The seller has to finish signing up at Stripe.');
  if (reason === 'no_card_payments') return say('这个账户还不能自己收卡。请卖家在 Stripe 开通收卡，或不选“由卖家自己当商户”。', 'This account takes no cards itself yet. The seller has to switch card payments on at Stripe, or leave “the seller is the merchant” off.');
  return say(`Stripe 不认识这个账户（${reason}）。请核对账户号，并确认它已连接到您的平台。`, `Stripe knows no such account of yours (${reason}). Check the number, and that it is connected to your platform.`);
}
