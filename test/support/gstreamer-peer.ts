// Owns the process of a GStreamer peer (gstreamer-peer.py) and what it has said so far.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

// The distribution's Python has the distribution's GStreamer; another one may come first in PATH.
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** Python with GStreamer's WebRTC elements; on Debian gstreamer1.0-plugins-bad, -ugly, -nice, python3-gi, gir1.2-gst-plugins-bad-1.0. */
export function hasGstreamer(): boolean {
  const probe = `import gi
gi.require_version('GstWebRTC', '1.0')
from gi.repository import Gst
Gst.init(None)
assert all(Gst.ElementFactory.find(name) for name in ('webrtcbin', 'nicesink', 'x264enc', 'opusenc', 'rtph264pay'))`;
  try {
    execFileSync(PYTHON, ['-c', probe], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

export interface Said {
  status?: number;
  location?: string;
  connection?: string;
  packets?: { video: number; audio: number };
}

export class GstreamerPeer {
  readonly said: Said[] = [];
  readonly #process: ChildProcess;
  #errors = '';

  constructor(mode: 'whip' | 'whep', url: string, token?: string) {
    const child = spawn(PYTHON, [script(), mode, url, ...(token === undefined ? [] : [token])], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process = child;
    child.stderr.on('data', (text) => (this.#errors = `${this.#errors}${text}`.slice(-2_000)));
    createInterface({ input: child.stdout }).on('line', (line) => this.said.push(JSON.parse(line)));
  }

  /** Resolves with the first thing it says for which `holds`. */
  async until(holds: (said: Said) => boolean, withinMs = 20_000): Promise<Said> {
    const deadline = AbortSignal.timeout(withinMs);
    for (;;) {
      const found = this.said.find(holds);
      if (found) return found;
      try {
        await once(this.#process.stdout as NodeJS.ReadableStream, 'data', { signal: deadline });
      } catch (cause) {
        throw new Error(`GStreamer said only ${JSON.stringify(this.said).slice(0, 2_000)}\n${this.#errors}`, { cause });
      }
    }
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.stdin?.end();
    await ended;
  }
}

// Python is not compiled, so it lies in test/support whether this runs from source or from dist.
function script(): string {
  let root = import.meta.dirname;
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  return join(root, 'test/support/gstreamer-peer.py');
}
