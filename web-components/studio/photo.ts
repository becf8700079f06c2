// Owns turning a camera picture or a chosen file into a small upright JPEG, on the phone, before any byte is sent.

/** Longest side in pixels; the server keeps 1080 at most. */
const LONGEST_PX = 1280;
const JPEG_QUALITY = 0.82;

/** The middle square of what the camera shows now. It is taken from the running video, so that the show is not interrupted. */
export function grabSquare(video: HTMLVideoElement): HTMLCanvasElement {
  const side = Math.min(video.videoWidth, video.videoHeight);
  if (side === 0) throw new Error('the camera shows nothing yet');
  const canvas = newCanvas(Math.min(side, LONGEST_PX), Math.min(side, LONGEST_PX));
  const left = (video.videoWidth - side) / 2;
  const top = (video.videoHeight - side) / 2;
  canvas.getContext('2d')?.drawImage(video, left, top, side, side, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A chosen picture file, made small. @throws when the browser cannot read it */
export async function readPhoto(file: Blob): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST_PX / Math.max(bitmap.width, bitmap.height));
  const canvas = newCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas;
}

/** The picture as JPEG bytes, some 100 to 250 kB. */
export function toJpeg(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded'))), 'image/jpeg', JPEG_QUALITY);
  });
}

function newCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
