// What the built pages and components are served with. Needs the build, as `npm test` makes it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/start-app.ts';

let test: TestApp;

beforeAll(async () => {
  test = await startApp({ env: { FIELDCAST_ALLOWED_ORIGINS: 'https://shop.example.org' } });
});
afterAll(() => test.close());

async function read(path: string): Promise<{ headers: Headers; text: string }> {
  const answer = await fetch(`${test.url}${path}`, { headers: { origin: 'https://shop.example.org' } });
  return { headers: answer.headers, text: await answer.text() };
}
/** The address of some chunk, as the entry names it. */
const chunkIn = (entry: string) => `/${/chunks\/[\w.-]+\.js/.exec(entry)?.[0]}`;
const policyOf = async (page: string) => (await read(`/demo/${page}`)).headers.get('content-security-policy');

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
    const entry = await read('/fieldcast.js');
    expect(entry.headers.get('cache-control')).toBe('no-cache');
    expect(entry.headers.get('access-control-allow-origin')).toBe('https://shop.example.org');
    expect((await read(chunkIn(entry.text))).headers.get('cache-control')).toContain('immutable');
  });

  it('serves no source map, no folder, and nothing outside of it', async () => {
    const chunk = chunkIn((await read('/fieldcast.js')).text);
    for (const path of [`${chunk}.map`, '/fieldcast.js.map', '/chunks/', '/chunks/none.js', '/chunks/..%2ffieldcast.js.map', '/chunks/%2e%2e/%2e%2e/package.js']) {
      const { text } = await read(path);
      expect(JSON.parse(text), path).toMatchObject({ code: 'not-found' });
    }
  });
});

describe('a stop', () => {
  it('does not wait for a client that asked and never reads', async () => {
    const app = await startApp();
    const chunk = chunkIn((await read('/fieldcast.js')).text);
    // Larger than what the sockets' buffers take, so that the answer stays under way.
    const unread = await Promise.all(Array.from({ length: 40 }, () => fetch(`${app.url}${chunk}`)));
    const startedAt = Date.now();
    await app.close();
    expect(Date.now() - startedAt).toBeLessThan(6_000);
    expect(unread.every((answer) => answer.ok)).toBe(true);
  });
});
