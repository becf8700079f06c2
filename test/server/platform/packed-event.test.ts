// An event that was packed once arrives as any other, whatever its length and whichever way a page is connected.
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packOnce } from '../../../server/platform/packed-event.ts';

let http: HttpServer;
let io: Server;

beforeAll(async () => {
  http = createServer();
  io = new Server(http, { perMessageDeflate: false });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});

afterAll(() => io.close());

/** RFC 6455 section 5.2 writes lengths in three ways. */
const lengths = [['a short one', 20], ['one of some hundred bytes', 400], ['one of a hundred thousand', 100_000]] as const;

describe.each(['websocket', 'polling'])('an event that was packed once, by %s,', (transport) => {
  let page: Socket;

  beforeAll(async () => {
    page = connect(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { transports: [transport], forceNew: true });
    await new Promise<void>((resolve) => page.once('connect', () => resolve()));
  });

  afterAll(() => void page.close());

  it.each(lengths)('arrives: %s', async (_name, length) => {
    const payload = { showId: 'shw_1', seq: 1, text: '苹果"\\\n🍎'.repeat(length / 10) };
    const { packet, options } = packOnce('chat.changed', payload);
    const heard = new Promise((resolve) => page.once('chat.changed', resolve));
    io.sockets.sockets.get(page.id as string)?.conn.write(packet, options as object);
    expect(await heard).toEqual(payload);
  });

  it('keeps its place among those that socket.io sends', async () => {
    const order: number[] = [];
    page.on('turn', (turn: number) => void order.push(turn));
    const socket = io.sockets.sockets.get(page.id as string);
    for (const turn of [1, 2, 3, 4, 5, 6]) {
      const { packet, options } = packOnce('turn', turn);
      if (turn % 2) socket?.emit('turn', turn);
      else socket?.conn.write(packet, options as object);
    }
    await expect.poll(() => order).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
