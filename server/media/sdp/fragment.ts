// Owns reading an ICE fragment (RFC 8840), the body of a PATCH. Candidates are not kept: an ICE-lite server waits to be found.
import { invalid, type Offer, readIce } from './offer.ts';

const LINE_LIMIT = 256;
const LINE_BYTES = 1_024;

/** The credentials in a fragment; undefined when it has none. @throws FieldcastError `media.sdp-invalid` */
export function readFragment(text: string): Offer['ice'] | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== '');
  if (lines.length === 0) throw invalid('the fragment is empty');
  if (lines.length > LINE_LIMIT || lines.some((line) => line.length > LINE_BYTES)) throw invalid('the fragment is too long');
  if (!lines.every((line) => /^[am]=\S/.test(line))) throw invalid('the fragment has a line that is no attribute and no m-line');
  const valueOf = (name: string) => lines.find((line) => line.startsWith(`a=${name}:`))?.slice(name.length + 3);
  const usernameFragment = valueOf('ice-ufrag');
  const password = valueOf('ice-pwd');
  if (usernameFragment === undefined && password === undefined) return undefined;
  return readIce(usernameFragment, password);
}
