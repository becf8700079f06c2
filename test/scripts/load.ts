// Owns loading set-up scripts into tests: they are plain JavaScript without type declarations, so they come in as `any`.

/** @param path below scripts/, such as 'worker/stun.mjs' */
export function loadScript(path: string): Promise<any> {
  return import(/* @vite-ignore */ new URL(`../../scripts/${path}`, import.meta.url).href);
}
