// Owns the step from what mediasoup throws to what a caller may be told.
import { FieldcastError } from '../platform/errors.ts';

/**
 * mediasoup refuses input with plain errors, thrown here or answered by the worker. When it is the media that has gone meanwhile,
 * the caller may try again; everything else was in what they sent.
 */
export async function refusing<T>(what: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (cause) {
    if (cause instanceof FieldcastError) throw cause;
    if (isGone(cause)) throw unavailable(cause);
    throw new FieldcastError('media.unsupported', `The ${what} cannot be used: ${describe(cause)}.`, { cause });
  }
}

export function unavailable(cause?: unknown): FieldcastError {
  return new FieldcastError('media.unavailable', 'The media of this stream is being set up anew; try again at once.', {
    headers: { 'retry-after': '1' },
    cause,
  });
}

function isGone(cause: unknown): boolean {
  const { name, message } = cause as { name?: string; message?: string };
  return name === 'InvalidStateError' || /\b(closed|not found|timed? ?out)\b/i.test(message ?? '');
}

// mediasoup quotes what it was given; only the words before that are ours to pass on.
function describe(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/\s*[[("].*$/s, '').slice(0, 120) || 'not understood';
}
