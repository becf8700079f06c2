// Owns why camera or microphone could not be had, as a closed list of reasons that a screen can explain.

/**
 * - `insecure`: the page is not on HTTPS, so the browser has no camera at all
 * - `in-app-browser`: inside WeChat, Alipay and the like, which give no camera
 * - `unsupported`: a browser without camera access or WebRTC
 * - `denied`: the person or the phone's settings said no
 * - `no-camera`, `no-microphone`: the phone has none
 * - `in-use`: another app holds it
 * - `failed`: anything else; `cause` knows
 */
export type CaptureReason = 'insecure' | 'in-app-browser' | 'unsupported' | 'denied' | 'no-camera' | 'no-microphone' | 'in-use' | 'failed';

export class CaptureError extends Error {
  readonly reason: CaptureReason;

  constructor(reason: CaptureReason, cause?: unknown) {
    super(`capture: ${reason}`, { cause });
    this.name = 'CaptureError';
    this.reason = reason;
  }
}

/** Names of `DOMException`s, with those that older Android browsers still throw. */
const reasonByName: Readonly<Record<string, CaptureReason>> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'no-camera',
  DevicesNotFoundError: 'no-camera',
  OverconstrainedError: 'no-camera',
  ConstraintNotSatisfiedError: 'no-camera',
  NotReadableError: 'in-use',
  TrackStartError: 'in-use',
  AbortError: 'in-use',
};

/** Turns what `getUserMedia` threw into a {@link CaptureError}. */
export function toCaptureError(error: unknown, missing: 'no-camera' | 'no-microphone' = 'no-camera'): CaptureError {
  if (error instanceof CaptureError) return error;
  const name = error instanceof Error ? error.name : '';
  const reason = reasonByName[name] ?? 'failed';
  return new CaptureError(reason === 'no-camera' ? missing : reason, error);
}
