// Owns where classes stand on the operator's page. Their bundle is loaded when they are looked at.
import { html } from 'lit';
import { say } from '../language.ts';
import type { View } from './desk.ts';

const BUNDLE = '/fieldcast-coach.js';

export function classesView(): View {
  return {
    title: () => say('培训', 'Training'),
    load() {
      if (!document.querySelector(`script[src="${BUNDLE}"]`)) {
        const script = document.createElement('script');
        script.type = 'module';
        script.src = BUNDLE;
        document.head.append(script);
      }
      return Promise.resolve();
    },
    draw: () => html`<h1>${say('培训', 'Training')}</h1>
      <section class="panel"><fieldcast-classes></fieldcast-classes></section>`,
  };
}
