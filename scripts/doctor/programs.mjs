// Owns the doctor's look at programs that the server can do without.
import { spawnSync } from 'node:child_process';

/** Decodes the pictures of replays; a hint, never a fault. @param program name or path */
export function checkDecoder(program = 'ffmpeg') {
  const { status, stdout } = spawnSync(program, ['-hide_banner', '-decoders'], { encoding: 'utf8', timeout: 10_000 });
  if (status !== 0) return { ok: true, text: `pictures of replays: no ffmpeg, so pages show the product's picture. For frames of the show: sudo apt install ffmpeg` };
  if (!/^ V\S+ h264 /m.test(stdout)) return { ok: true, text: 'pictures of replays: this ffmpeg cannot decode H.264, so pages show the product\'s picture. Install one that can' };
  return { ok: true, text: 'pictures of replays: ffmpeg decodes H.264' };
}
