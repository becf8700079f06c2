// Owns the joint between a show's connection and the publisher: commands down, facts up.
import type { RtpCapabilities } from '../../server/protocol/index.ts';
import type { Joined, Publisher, Signalling } from '../publish/index.ts';
import type { Client, Failure, ShowStore } from '../show/index.ts';

/** A failed command as the publisher wants it: thrown, with the code. */
class CommandError extends Error {
  readonly code: string;

  constructor({ code, detail }: Pick<Failure, 'code' | 'detail'> | { code: 'show.ended'; detail: string }) {
    super(detail);
    this.name = 'CommandError';
    this.code = code;
  }
}

/** Signalling over the show's client and store. */
export function showSignalling(client: Client, store: ShowStore): Signalling {
  return {
    async join() {
      if (client.socket.state === 'connected') await store.resync();
      if (!store.isCurrent) await nextJoin(store);
      if (store.snapshot?.show.status === 'ended') throw new CommandError({ code: 'show.ended', detail: 'the show is over' });
      return joinedOf(store);
    },
    async send(name, input) {
      const outcome = await client.request(name, input);
      if (!outcome.ok) throw new CommandError(outcome.error);
      return outcome.value;
    },
  };
}

/** Tells the publisher what the show's connection hears. @returns ends it */
export function connectPublisher(publisher: Publisher, client: Client, store: ShowStore): () => void {
  let { connectionCount, stream } = store;
  const stops = [
    store.subscribe(() => {
      if (store.connectionCount !== connectionCount) {
        connectionCount = store.connectionCount;
        publisher.joined(joinedOf(store));
      }
      if (store.stream && store.stream !== stream) {
        stream = store.stream;
        publisher.streamChanged(stream);
      }
    }),
    client.on('transport.closed', ({ transportId }) => publisher.transportClosed(transportId)),
    client.on('publish.advice', ({ showId, maxVideoKbps, opusPacketMs }) => {
      if (showId === store.showId) void publisher.advised(maxVideoKbps, opusPacketMs);
    }),
    client.on('publish.replaced', ({ showId }) => {
      if (showId === store.showId) publisher.replaced();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function joinedOf(store: ShowStore): Joined {
  return { rtpCapabilities: store.rtpCapabilities as RtpCapabilities, stream: store.stream ?? { epoch: 0, producers: [], hls: false, recording: 'off' } };
}

function nextJoin(store: ShowStore): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = store.subscribe(() => {
      if (store.isCurrent) {
        stop();
        resolve();
      } else if (store.error && (store.error.status === 404 || store.error.status === 403)) {
        stop();
        reject(new CommandError(store.error));
      }
    });
  });
}
