// Owns what is loaded when there is no picture yet, or after the first one, because it cannot come over a network that is gone: the code
// at the gate, waiting, queue, sound with stills, words for every step of recovery, sharing; and the counting of what is watched.
import type { Visit } from '../../show/index.ts';
import type { MeasuredPlayer } from '../../telemetry/index.ts';
import { define } from '../../ui/index.ts';
import { FieldcastAwayCard } from './away-card.ts';
import { FieldcastCodeCard } from './code-card.ts';
import { FieldcastFaultWords } from './fault-words.ts';
import { FieldcastQueueCard } from './queue-card.ts';
import { FieldcastRecovery } from './recovery.ts';
import { FieldcastShareButton } from './share-button.ts';
import { FieldcastStandingCard } from './standing-card.ts';
import { FieldcastStills } from './stills.ts';
import { FieldcastWaitingCard } from './waiting-card.ts';

export function enterLobby(player: MeasuredPlayer, visit: Visit | null): void {
  // Blocked or lost on the way, nobody watches any worse for it.
  if (visit) import('../../telemetry/index.ts').then(({ measure }) => measure(player, visit), () => undefined);
  define('fieldcast-fault-words', FieldcastFaultWords);
  define('fieldcast-share-button', FieldcastShareButton);
  define('fieldcast-standing-card', FieldcastStandingCard);
  define('fieldcast-waiting-card', FieldcastWaitingCard);
  define('fieldcast-away-card', FieldcastAwayCard);
  define('fieldcast-queue-card', FieldcastQueueCard);
  define('fieldcast-recovery', FieldcastRecovery);
  define('fieldcast-stills', FieldcastStills);
  define('fieldcast-code-card', FieldcastCodeCard);
}
