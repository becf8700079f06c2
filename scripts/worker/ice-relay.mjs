// Owns the go-between that lets two ICE-lite transports talk: it plays a full ICE agent to each and passes all else across.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { bindingRequest, isStun } from './stun.mjs';

const CHECK_EVERY_MS = 100;

/**
 * @param {[Side, Side]} sides what each transport announced
 * @typedef {{ ip: string, port: number, usernameFragment: string, password: string }} Side
 */
export async function openIceRelay(sides) {
  const sockets = sides.map(() => createSocket('udp4'));
  let timer;
  const relay = {
    close() {
      clearInterval(timer);
      for (const socket of sockets) socket.close();
    },
  };

  for (const socket of sockets) {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
  }
  for (const [index, socket] of sockets.entries()) {
    const other = 1 - index;
    socket.on('message', (packet) => {
      if (!isStun(packet)) sockets[other].send(packet, sides[other].port, sides[other].ip);
    });
    // A worker that died answers "connection refused"; the self-check notices the death itself.
    socket.on('error', () => {});
  }

  const tieBreaker = randomBytes(8);
  const check = () => {
    for (const [index, side] of sides.entries()) {
      const request = bindingRequest({
        username: `${side.usernameFragment}:relay`,
        password: side.password,
        transactionId: randomBytes(12),
        tieBreaker,
      });
      sockets[index].send(request, side.port, side.ip);
    }
  };
  check();
  timer = setInterval(check, CHECK_EVERY_MS);
  return relay;
}
