// Owns the bundle of following and reminders, loaded where one of its elements is about to stand.
import { define } from '../ui/index.ts';
import { FieldcastFollowButton } from './follow-button.ts';
import { FieldcastFollowedList } from './followed-list.ts';
import { FieldcastForgetMe } from './forget-me.ts';
import { FieldcastRemindButton } from './remind-button.ts';

export function defineFollowing(): void {
  define('fieldcast-follow-button', FieldcastFollowButton);
  define('fieldcast-followed-list', FieldcastFollowedList);
  define('fieldcast-forget-me', FieldcastForgetMe);
  define('fieldcast-remind-button', FieldcastRemindButton);
}
