// Owns bytes on the server's ports without a client library between: TCP, WebSocket frames, UDP.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type Frame, frameBytes, type Packet } from './corpus/wire.ts';

const PATIENCE_MS = 2_500;

/**
 * Sends bytes to a TCP port.
 * @param isAnswered something comes back for certain, so silence counts only after that
 * @returns what came back until the server closed, was silent for `silenceMs`, or 2.5 s were over
 */
export async function exchange(port: number, bytes: Uint8Array, silenceMs = 1_500, isAnswered = false): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const deadline = setTimeout(resolve, PATIENCE_MS);
    let silence = isAnswered ? undefined : setTimeout(resolve, silenceMs);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      clearTimeout(silence);
      silence = setTimeout(resolve, silenceMs);
    });
    // A reset is an answer too.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(deadline);
      clearTimeout(silence);
      resolve();
    });
    socket.write(bytes);
  });
  socket.destroy();
  return Buffer.concat(chunks).toString('latin1');
}

/** Opens a WebSocket on socket.io, sends one frame and waits for the pong of a ping after it. @returns what the server said */
export async function exchangeFrame(port: number, frame: Frame, isGreeted: boolean): Promise<string> {
  const upgrade = [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  ].join('\r\n');
  const greeting = isGreeted ? frameBytes({ what: 'greeting', opcode: 1, payload: Buffer.from('40') }) : Buffer.alloc(0);
  const ping = frameBytes({ what: 'ping', opcode: 9, payload: Buffer.from('end') });
  return exchange(port, Buffer.concat([Buffer.from(`${upgrade}\r\n\r\n`), greeting, frameBytes(frame), ping]), 150, true);
}

/** Sends all packets to a UDP port, from one port or each from its own. */
export async function sendPackets(port: number, packets: readonly Packet[]): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  for (const { bytes } of packets) {
    await new Promise<void>((resolve, reject) => socket.send(bytes, port, '127.0.0.1', (error) => (error ? reject(error) : resolve())));
  }
  socket.close();
}
