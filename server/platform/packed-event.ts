// Owns an event as it is written to thousands of connections: packed once, one buffer, one write to the kernel for each. socket.io packs it
// once too, but hands each connection two buffers, and looks everybody up by rooms: a quarter of the time that telling a full room took.

/** For `conn.write` of engine.io. */
export interface OncePacked {
  /** For connections that are not web sockets. */
  packet: string;
  options: { compress: false; wsPreEncodedFrame: readonly Buffer[] };
}

/** An event of the main namespace without an acknowledgement: packet type 2 of the socket.io protocol (revision 5), in a message of engine.io's, type 4. */
export function packOnce(event: string, payload: unknown): OncePacked {
  const packet = `2${JSON.stringify([event, payload])}`;
  return { packet, options: { compress: false, wsPreEncodedFrame: [textFrame(Buffer.from(`4${packet}`))] } };
}

/** Several events, in their order, for a connection that is a web socket: frames may follow each other in one buffer. */
export function inOneWrite(events: readonly OncePacked[]): OncePacked {
  const [first, ...others] = events;
  if (!first) throw new Error('no events to write');
  if (others.length === 0) return first;
  const frames = events.flatMap(({ options }) => options.wsPreEncodedFrame);
  return { packet: first.packet, options: { compress: false, wsPreEncodedFrame: [Buffer.concat(frames)] } };
}

/** One unmasked text frame (RFC 6455 section 5.2). */
function textFrame(text: Buffer): Buffer {
  const head = text.length < 126 ? Buffer.from([0x81, text.length]) : text.length < 0x10000 ? Buffer.alloc(4) : Buffer.alloc(10);
  if (head.length > 2) {
    head[0] = 0x81;
    head[1] = head.length === 4 ? 126 : 127;
    if (head.length === 4) head.writeUInt16BE(text.length, 2);
    else head.writeBigUInt64BE(BigInt(text.length), 2);
  }
  return Buffer.concat([head, text]);
}
