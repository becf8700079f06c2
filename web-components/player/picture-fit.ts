// Owns whether a picture fills its box or is shown whole.

/** A picture that loses no more than this part of itself fills the box; another is shown whole. */
const CROP_LIMIT = 0.3;

/** Whether `video` loses too much of itself by filling `box`; null while one of them has no size. */
export function isShownWhole({ videoWidth, videoHeight }: HTMLVideoElement, box: Element): boolean | null {
  if (videoWidth === 0 || box.clientHeight === 0) return null;
  const shape = videoWidth / videoHeight / (box.clientWidth / box.clientHeight);
  return Math.min(shape, 1 / shape) < 1 - CROP_LIMIT;
}
