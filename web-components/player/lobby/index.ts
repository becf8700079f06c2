// Owns what is loaded when there is no picture yet, or after the first one: the code at the gate, waiting, sharing.
import { define } from '../../ui/index.ts';
import { FieldcastCodeCard } from './code-card.ts';
import { FieldcastFaultWords } from './fault-words.ts';
import { FieldcastShareButton } from './share-button.ts';
import { FieldcastWaitingCard } from './waiting-card.ts';

export function defineLobby(): void {
  define('fieldcast-fault-words', FieldcastFaultWords);
  define('fieldcast-share-button', FieldcastShareButton);
  define('fieldcast-waiting-card', FieldcastWaitingCard);
  define('fieldcast-code-card', FieldcastCodeCard);
}
