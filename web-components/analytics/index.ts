// Owns the entry of the bundle fieldcast-analytics.js: registers <fieldcast-analytics>, and loads the other elements of figures once one stands in the page.
import { define } from '../ui/index.ts';
import { FieldcastChart } from './chart.ts';
import { FieldcastAnalytics } from './fieldcast-analytics.ts';

const late = {
  'fieldcast-report': async () => (await import('./fieldcast-report.ts')).FieldcastReport,
  'fieldcast-big-screen': async () => (await import('./fieldcast-big-screen.ts')).FieldcastBigScreen,
  'fieldcast-live-figures': async () => (await import('./fieldcast-live-figures.ts')).FieldcastLiveFigures,
} as const;

function look(): void {
  for (const [tag, load] of Object.entries(late) as [keyof typeof late, () => Promise<CustomElementConstructor>][]) {
    if (customElements.get(tag) || document.getElementsByTagName(tag).length === 0) continue;
    // Tried again when the page changes next.
    load().then((element) => define(tag, element), () => undefined);
  }
}

define('fieldcast-chart', FieldcastChart);
define('fieldcast-analytics', FieldcastAnalytics);
new MutationObserver(look).observe(document, { childList: true, subtree: true });
look();

export { FieldcastAnalytics };
