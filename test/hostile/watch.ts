// Owns the show that goes on meanwhile: a light publisher, a light viewer, and how long the picture ever stood still.
import type { RtpParameters } from '../../server/protocol/media.ts';
import { LightPeers, type LightPublisher, type LightViewer, throughSocket } from '../support/light-peer.ts';
import { openSocket } from '../support/socket.ts';

export interface Watch {
  viewer: LightViewer;
  publisher: LightPublisher;
  /** The host's track as the server took it. */
  goodTrack: RtpParameters;
  /** Ids that belong to the host and to this viewer. */
  foreignIds: string[];
  /** ICE name of the host's transport on the server. */
  serverUsername: string;
  close(): void;
}

export async function openWatch(url: string, showId: string, hostToken: string): Promise<Watch> {
  const [host, watcher] = await Promise.all([openSocket(url, hostToken), openSocket(url)]);
  const { rtpCapabilities } = await host.ask('show.join', { showId });
  await watcher.ask('show.join', { showId });
  const peers = await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
  const foreignIds: string[] = [];
  let goodTrack: RtpParameters | undefined;
  let serverUsername = '';
  const sending = throughSocket((name, input) => host.ask(name, input));
  const publisher = await peers.publish({
    ...sending,
    async publish() {
      const transport = await sending.publish();
      foreignIds.push(transport.id);
      serverUsername = transport.iceParameters.usernameFragment;
      return transport;
    },
    produce(transportId, track) {
      if (track.kind === 'video') goodTrack = track.rtpParameters;
      return sending.produce(transportId, track);
    },
  });
  const viewer = await peers.watch(throughSocket((name, input) => watcher.ask(name, input)));
  await viewer.firstFrame();
  foreignIds.push(publisher.producerIds.video, ...viewer.consumers.map((consumer) => consumer.id));
  return {
    viewer,
    publisher,
    goodTrack: goodTrack as RtpParameters,
    foreignIds,
    serverUsername,
    close() {
      host.close();
      watcher.close();
      peers.close();
    },
  };
}
