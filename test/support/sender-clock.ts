// Owns a clock that travels in the picture: the sending page draws the time over its camera as black and white blocks, the
// watching page reads it back from what it really shows. Both run in the browser, so both are self-contained functions.

export interface SenderClockOptions {
  framesPerSecond: number;
  /** Size of what is sent, beside the camera's: 1 is as large. */
  scale: number;
}

/**
 * For `page.addInitScript`: the camera's picture gets three rows of eight blocks, 20 bits of the time in ms and 4 bits of check sum.
 * Sound and everything else about getUserMedia stay the browser's.
 */
export function installSenderClock({ framesPerSecond, scale }: SenderClockOptions): void {
  const devices = navigator.mediaDevices;
  const original = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const camera = await original(constraints);
    const [track] = camera.getVideoTracks();
    if (!track) return camera;
    const video = document.createElement('video');
    video.srcObject = new MediaStream([track]);
    video.muted = true;
    await video.play();
    const canvas = document.createElement('canvas');
    canvas.width = (video.videoWidth || 540) * scale;
    canvas.height = (video.videoHeight || 960) * scale;
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    const draw = () => {
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const time = Date.now() % 2 ** 20;
      const check = (time ^ (time >> 4) ^ (time >> 8) ^ (time >> 12) ^ (time >> 16)) & 15;
      const bits = time * 16 + check;
      const width = canvas.width / 8;
      const height = canvas.height / 16;
      for (let bit = 0; bit < 24; bit += 1) {
        context.fillStyle = Math.floor(bits / 2 ** bit) % 2 === 1 ? '#fff' : '#000';
        context.fillRect((bit % 8) * width, Math.floor(bit / 8) * height, width, height);
      }
    };
    draw();
    const timer = setInterval(draw, 1000 / framesPerSecond);
    const [drawn] = canvas.captureStream(framesPerSecond).getVideoTracks() as [MediaStreamTrack];
    const stop = drawn.stop.bind(drawn);
    drawn.stop = () => {
      clearInterval(timer);
      track.stop();
      stop();
    };
    drawn.getSettings = () => ({ ...track.getSettings(), width: canvas.width, height: canvas.height });
    return new MediaStream([drawn, ...camera.getAudioTracks()]);
  };
}

/** In the watching page: age in ms of the frame shown now, up to 17 minutes, or null when its clock cannot be read. */
export function readPictureAge(video: HTMLVideoElement): number | null {
  if (video.videoWidth === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = 80;
  canvas.height = 160;
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  let bits = 0;
  for (let bit = 0; bit < 24; bit += 1) {
    const [red = 0, green = 0, blue = 0] = context.getImageData((bit % 8) * 10 + 5, Math.floor(bit / 8) * 10 + 5, 1, 1).data;
    if (red + green + blue > 384) bits += 2 ** bit;
  }
  const time = Math.floor(bits / 16);
  const check = (time ^ (time >> 4) ^ (time >> 8) ^ (time >> 12) ^ (time >> 16)) & 15;
  return check === bits % 16 ? ((Date.now() % 2 ** 20) - time + 2 ** 20) % 2 ** 20 : null;
}
