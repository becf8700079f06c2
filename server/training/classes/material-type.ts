// Owns what kind of file something is, by its content: a name and a header are only what somebody says.
import type { MaterialType } from '../../protocol/classes.ts';

const endings: Readonly<Record<MaterialType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'video/mp4': ['mp4'],
  'text/plain': ['txt'],
};

/** Undefined for what is not taken: pages, pictures with scripts in them (SVG), programs, archives, office files. */
export function materialTypeOf(bytes: Uint8Array): MaterialType | undefined {
  const starts = (signs: string, at = 0): boolean => bytes.length >= at + signs.length && [...signs].every((sign, index) => bytes[at + index] === sign.charCodeAt(0));
  if (starts('%PDF-')) return 'application/pdf';
  if (starts('\xff\xd8\xff')) return 'image/jpeg';
  if (starts('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp';
  if (starts('ftyp', 4) && !starts('qt  ', 8)) return 'video/mp4';
  return isPlainText(bytes) ? 'text/plain' : undefined;
}

/** The name with an ending that tells the truth: `price list.exe` of a PDF becomes `price list.exe.pdf`. */
export function truthfulName(name: string, type: MaterialType): string {
  const known = endings[type];
  const end = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return end !== undefined && known.includes(end) ? name : `${name.slice(0, 100 - 5)}.${known[0]}`;
}

/** UTF-8 without control signs, and nothing that a browser would take for a page if somebody saved it under another name. */
function isPlainText(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  // oxlint-disable-next-line no-control-regex
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text) && !/^\s*(?:<[!?a-z]|#!)/i.test(text);
}
