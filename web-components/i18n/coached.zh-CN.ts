// Owns the Chinese words of what a host sees of a coach: cues, the raised hand, the earpiece, a pin that is shown.
import type { CoachedMessages } from './coached.en.ts';
import { cueWordsZhCN } from './cue-words.ts';

export const coachedZhCN: CoachedMessages = {
  label: '您的教练',
  cues: cueWordsZhCN,
  cueFrom: (name) => `${name}提醒您`,
  seen: '看到了',
  more: (count) => `还有 ${count} 条`,
  handUp: '请教练帮忙',
  handDown: '已举手',
  handWaits: '教练看到您举手了。',
  here: (names) => `${names}在看您直播`,
  talking: (name) => `${name}在跟您说话，只有您听得到。`,
  cannotHear: '教练说的会写给您看。想听声音，请戴上耳机。',
  ear: '听教练说',
  earOn: '耳机已戴好',
  earSheet: '听教练说',
  earWhy: '一定要戴耳机：用喇叭放出来，教练的话观众全都听得到。',
  earAsk: '一只耳朵戴上耳机。等下会响三声。',
  earStart: '我戴好耳机了',
  earStop: '只看字',
  ears: {
    out: '',
    missing: '没找到耳机。插上耳机再试，或者只看字。',
    checking: '正在响三声……先别说话',
    leaks: '麦克风录到了响声，观众会听到教练的话。耳机插紧了吗？声音调小一点再试。',
    connecting: '正在接通……',
    in: '您听得到教练，观众听不到。',
    pulled: '耳机掉了，教练的声音已经关上。教练写的字您还看得到。',
    failed: '声音接不通。教练写的字您还看得到。',
  },
  again: '再试一次',
  close: '关闭',
  demo: (name, product) => `${name}给您示范：挂上了“${product}”。等下您自己来。`,
  demoBack: '我自己来',
};
