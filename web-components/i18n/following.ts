// Owns the pairing of the catalogues of following and reminders.
import { followingEn, type FollowingMessages } from './following.en.ts';
import { followingZhCN } from './following.zh-CN.ts';
import type { Catalogues } from './localize.ts';

/** `new Localize(this, followingMessages)`. */
export const followingMessages: Catalogues<FollowingMessages> = { en: followingEn, 'zh-CN': followingZhCN };
export type { FollowingMessages } from './following.en.ts';
