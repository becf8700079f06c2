// What the built pages and components are served with. Needs the build, as `npm test` makes it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/start-app.ts';

let test: TestApp;

beforeAll(async () => {
  test = await startApp({ env: { FIELDCAST_ALLOWED_ORIGINS: 'https://shop.example.org' } });
});
afterAll(() => test.close());

const policyOf = async (page: string) => (await fetch(`${test.url}/demo/${page}`)).headers.get('content-security-policy');

describe('built files', () => {
  it('lets the sites that may embed frame a shop page, and nobody a page where somebody is signed in', async () => {
    expect(await policyOf('shop.html')).toContain("frame-ancestors 'self' https://shop.example.org");
    expect(await policyOf('farmer.html')).toContain("frame-ancestors 'none'");
    expect(await policyOf('operator.html')).toContain("frame-ancestors 'none'");
  });

  it('allows no script but its own', async () => {
    expect(await policyOf('shop.html')).toContain("script-src 'self';");
  });

  it('keeps chunks for ever and asks about the entry each time', async () => {
    const entry = await fetch(`${test.url}/fieldcast.js`, { headers: { origin: 'https://shop.example.org' } });
    expect(entry.headers.get('cache-control')).toBe('no-cache');
    expect(entry.headers.get('access-control-allow-origin')).toBe('https://shop.example.org');
    const [chunk] = /chunks\/[\w.-]+\.js/.exec(await entry.text()) ?? [];
    expect((await fetch(`${test.url}/${chunk}`)).headers.get('cache-control')).toContain('immutable');
  });
});
