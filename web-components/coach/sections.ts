// Owns which sections stand under the large picture of the console, and what each needs.
import { html, type TemplateResult } from 'lit';
import type { Session } from '../../server/protocol/access.ts';
import type { Trainee } from './trainee.ts';

export type SectionName = 'cues' | 'pin' | 'notes' | 'audience' | 'score';

export interface Section {
  name: SectionName;
  view: (trainee: Trainee, session: Session) => TemplateResult;
}

export const sections: readonly Section[] = [
  { name: 'cues', view: (trainee) => html`<fieldcast-coach-cues .trainee=${trainee}></fieldcast-coach-cues>` },
  { name: 'pin', view: (trainee) => html`<fieldcast-coach-pin .trainee=${trainee}></fieldcast-coach-pin>` },
  { name: 'audience', view: (trainee) => html`<fieldcast-coach-audience .trainee=${trainee}></fieldcast-coach-audience>` },
  { name: 'score', view: (trainee) => html`<fieldcast-score-sheet .client=${trainee.client} .showId=${trainee.id}></fieldcast-score-sheet>` },
  { name: 'notes', view: (trainee) => html`<fieldcast-coach-notes .trainee=${trainee}></fieldcast-coach-notes>` },
];
