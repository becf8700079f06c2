// Owns the frames of a WebSocket (RFC 6455), as far as a crowd in one process needs them: a library's sockets would cost more than the server that is measured.

/** A client's text in one frame. */
export function textFrame(text: string): Buffer {
  const body = Buffer.from(text);
  const length = body.length > 125 ? [0xfe, body.length >> 8, body.length & 255] : [0x80 | body.length];
  // A key of zeros: masking is there for proxies, and there is none.
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), body]);
}

/** The first frame of what a server sent, null while it is not whole. */
export function frameOf(data: Buffer): { payload: Buffer; end: number } | null {
  if (data.length < 2) return null;
  let length = (data[1] as number) & 127;
  let start = 2;
  if (length === 126) {
    if (data.length < 4) return null;
    length = data.readUInt16BE(2);
    start = 4;
  } else if (length === 127) {
    if (data.length < 10) return null;
    length = Number(data.readBigUInt64BE(2));
    start = 10;
  }
  return data.length < start + length ? null : { payload: data.subarray(start, start + length), end: start + length };
}
