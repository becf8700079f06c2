// Owns the pairing of the catalogues of the bar over the host's chat.
import { hostBarEn, type HostBarMessages } from './host-bar.en.ts';
import { hostBarZhCN } from './host-bar.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** Words of the host's bar: `new Localize(this, hostBarMessages)`. */
export const hostBarMessages: Catalogues<HostBarMessages> = { en: hostBarEn, 'zh-CN': hostBarZhCN };
