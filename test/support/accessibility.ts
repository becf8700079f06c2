// Owns asking axe-core what is wrong with a page for people who cannot see it, cannot use a mouse, or need contrast.
import type axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe is asked of a whole page of somebody's: the levels that the law names, and what is good practice. */
export const LEGAL_LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * One line for each rule that the page breaks, with the places and what is wrong; an empty list is what a test wants.
 * @param levels rules of these only; axe's own choice when left out
 */
export async function findAccessibilityFaults(page: Page, levels?: readonly string[]): Promise<string[]> {
  // Evaluated, not inserted as a script element, which the page's content security policy would refuse.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  await page.evaluate(comeToRest);
  const violations = await page.evaluate((runOnly) => {
    const { axe: installed } = globalThis as unknown as { axe: typeof axe };
    // Of what is as it should be no places are listed: finding a selector for each takes longer than the rules.
    return installed.run(document, { resultTypes: ['violations'], ...(runOnly ? { runOnly } : {}) }).then((result) => result.violations);
  }, levels as string[] | undefined);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`);
}

/**
 * What still fades in has the contrast of neither its beginning nor its end, and is brought to its end. What goes on for long, like the mark of
 * a live show or the bar of a sale, is left alone. Runs in the page, so it is self-contained.
 */
async function comeToRest(): Promise<void> {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const underWay = (root: Document | ShadowRoot): Animation[] => [
    ...root.getAnimations(),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? underWay(shadowRoot) : [])),
  ];
  const ending = underWay(document).filter(({ effect, playState, currentTime }) => playState === 'running' && Number(effect?.getComputedTiming().endTime) - Number(currentTime) < 2_000);
  for (const animation of ending) animation.finish();
  await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
}
