// Owns the transfer as one picture: code, amount, note and payee, because a phone cannot scan its own screen.

export interface TransferPictureOptions {
  qrUrl: string;
  payee: string;
  amount: string;
  /** Its label and its words. */
  reference: readonly [string, string];
  payeeLabel: string;
  signal?: AbortSignal;
}

const WIDTH = 720;
const MARGIN = 48;

/** Draws it. @throws Error when the code cannot be loaded, or this browser does not hand the drawing out. */
export async function drawTransferPicture({ qrUrl, payee, amount, reference, payeeLabel }: TransferPictureOptions): Promise<Blob> {
  const code = await loadPicture(qrUrl);
  const codeWidth = WIDTH - 2 * MARGIN;
  // Receive codes of the large apps are posters, half as high again as wide.
  const codeHeight = Math.round((codeWidth * code.naturalHeight) / code.naturalWidth);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = MARGIN + codeHeight + 260 + MARGIN;
  const draw = canvas.getContext('2d');
  if (!draw) throw new Error('no drawing in this browser');
  draw.fillStyle = '#fff';
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.drawImage(code, MARGIN, MARGIN, codeWidth, codeHeight);
  draw.fillStyle = '#1d231f';
  draw.textAlign = 'center';
  const write = (words: string, size: number, weight: number, fromCode: number) => {
    draw.font = `${weight} ${size}px system-ui, "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", sans-serif`;
    draw.fillText(words, WIDTH / 2, MARGIN + codeHeight + fromCode, WIDTH - 2 * MARGIN);
  };
  write(`${payeeLabel} ${payee}`, 34, 500, 66);
  write(amount, 76, 700, 160);
  write(`${reference[0]} ${reference[1]}`, 40, 600, 236);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the drawing is not handed out'))), 'image/png');
  });
}

function loadPicture(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    // The server lets every origin read its pictures; without this the drawing could be seen, but not saved.
    image.crossOrigin = 'anonymous';
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('the code could not be loaded'));
    image.src = url;
  });
}

/** Hands a picture over for keeping: to the phone's own sheet where it takes files, else as a download. Answers whether it went. */
export async function keepPicture(picture: Blob, fileName: string): Promise<boolean> {
  const file = new File([picture], fileName, { type: picture.type });
  const isPhone = matchMedia('(pointer: coarse)').matches;
  if (isPhone && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch (error) {
      // Closed by the buyer: nothing was kept, and nothing is wrong.
      if (error instanceof DOMException && error.name === 'AbortError') return false;
    }
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(picture);
  link.download = fileName;
  link.click();
  // The download has begun by then; browsers read the address when the link is followed.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return true;
}
