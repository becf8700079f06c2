// Owns the last picture while a video element changes its source: the element itself shows black from one source to the next.
export class Still {
  #canvas: HTMLCanvasElement | null = null;
  #stopWaiting: () => void = () => undefined;

  /** Lays the picture of now over the video until the video has another one. Call it before the source changes. */
  hold(video: HTMLVideoElement): void {
    const { videoWidth: width, videoHeight: height } = video;
    if (width > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      this.release();
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d')?.drawImage(video, 0, 0);
      const { objectFit, objectPosition, zIndex } = getComputedStyle(video);
      Object.assign(canvas.style, { position: 'absolute', inset: '0', inlineSize: '100%', blockSize: '100%', objectFit, objectPosition, zIndex });
      video.after(canvas);
      this.#canvas = canvas;
      // Without a picture of its own the video may still be under an earlier still, which then stays.
    } else if (!this.#canvas) return;
    this.#stopWaiting();
    const onData = () => {
      // Data is not yet a picture on the screen.
      if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => this.release());
      else requestAnimationFrame(() => this.release());
    };
    video.addEventListener('loadeddata', onData, { once: true });
    this.#stopWaiting = () => video.removeEventListener('loadeddata', onData);
  }

  release(): void {
    this.#stopWaiting();
    this.#canvas?.remove();
    this.#canvas = null;
  }
}
