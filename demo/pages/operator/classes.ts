// Owns where classes stand on the operator's page.
import { html } from 'lit';
import { say } from '../language.ts';
import type { View } from './desk.ts';

export function classesView(): View {
  return {
    title: () => say('培训', 'Training'),
    load: () => Promise.resolve(),
    draw: () => html`<h1>${say('培训', 'Training')}</h1>
      <section class="panel"><fieldcast-classes></fieldcast-classes></section>`,
  };
}
