// Owns way two: mediasoup's own prebuilt worker, fetched with bounds so that a network without it costs seconds, not minutes.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { gunzipSync } from 'node:zlib';

const RELEASES = 'https://github.com/versatica/mediasoup/releases/download';
/** No answer, or no further byte, for this long: give up and build instead. */
const SILENCE_LIMIT_MS = 15_000;
const TAR_BLOCK = 512;
/** What the worker answers when started without its environment: it runs here. */
const EXIT_CODE_WITHOUT_ENVIRONMENT = 41;

/** The file name that mediasoup's releases use. */
export function prebuiltName({ version, platform, arch, kernel = release() }) {
  const base = `mediasoup-worker-${version}-${platform}-${arch}`;
  return platform === 'linux' ? `${base}-kernel${kernel.split('.')[0]}.tgz` : `${base}.tgz`;
}

/** Writes the binary to `target`. Rejects, with the reason in plain words, if there is none to be had. */
export async function downloadWorker({ version, target, onProgress, env = process.env }) {
  const base = env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL || RELEASES;
  const url = `${base}/${version}/${prebuiltName({ version, platform: process.platform, arch: process.arch })}`;
  const archive = await fetchWithin(url, SILENCE_LIMIT_MS, onProgress);
  writeFileSync(target, firstFileOfTar(gunzipSync(archive)), { mode: 0o755 });
  if (!startsHere(target)) throw new Error('the prebuilt one does not run on this system (another libc?)');
}

async function fetchWithin(url, silenceLimitMs, onProgress) {
  const abort = new AbortController();
  const giveUp = () => abort.abort(new Error(`no answer within ${silenceLimitMs / 1000} s`));
  let timer = setTimeout(giveUp, silenceLimitMs);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (response.status === 404) throw new Error('there is none for this kind of machine');
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const chunks = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceLimitMs);
      chunks.push(chunk);
      bytes += chunk.length;
      onProgress(`${(bytes / 1e6).toFixed(1)} MB`);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    // fetch hides "ENOTFOUND github.com" behind "fetch failed".
    throw new Error(error.cause?.message ?? error.message, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** The releases hold one file and nothing else, so no more of the tar format is needed. */
export function firstFileOfTar(tar) {
  for (let at = 0; at + TAR_BLOCK <= tar.length;) {
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    const type = tar[at + 156];
    const start = at + TAR_BLOCK;
    const isFile = type === 0 || type === '0'.charCodeAt(0);
    if (isFile && size > 0 && start + size <= tar.length) return tar.subarray(start, start + size);
    if (!Number.isInteger(size)) break;
    at = start + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  throw new Error('the downloaded archive holds no file');
}

/** Whether a worker binary can be loaded on this system at all; says nothing about media. */
export function startsHere(binary) {
  return spawnSync(binary, [], { env: {}, stdio: 'ignore', timeout: 10_000 }).status === EXIT_CODE_WITHOUT_ENVIRONMENT;
}
