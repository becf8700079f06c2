// Owns how a light peer talks to the server: by calls in this process, or by socket commands.
import type { EgressSession, IngestSession, Stream } from '../../server/media/index.ts';
import type { CommandInput, CommandName, CommandResult } from '../../server/protocol/commands.ts';
import type { ConsumerInfo, DtlsParameters, MediaKind, RtpCapabilities, RtpParameters, TransportInfo } from '../../server/protocol/media.ts';

/** The server as a light peer reaches it; see `throughStream` and `throughSocket`. */
export interface Signalling {
  publish(): Promise<TransportInfo>;
  produce(transportId: string, track: { kind: MediaKind; rtpParameters: RtpParameters }): Promise<string>;
  watch(rtpCapabilities: RtpCapabilities): Promise<{ transport: TransportInfo; consumers: ConsumerInfo[] }>;
  consume(): Promise<ConsumerInfo[]>;
  resume(consumerIds: string[]): Promise<void>;
  connect(transportId: string, dtlsParameters: DtlsParameters): Promise<void>;
}

/** Signalling by calls in this process; the sessions can be had from it. */
export function throughStream(stream: Stream): Signalling & { readonly ingest: IngestSession; readonly egress: EgressSession } {
  let ingest: IngestSession | undefined;
  let egress: EgressSession | undefined;
  const must = <T>(session: T | undefined): T => {
    if (!session) throw new Error('publish or watch first');
    return session;
  };
  return {
    get ingest() {
      return must(ingest);
    },
    get egress() {
      return must(egress);
    },
    publish: async () => (ingest = await stream.publish({ forceTcp: false })).transport,
    produce: async (_transportId, track) => (await must(ingest).produce(track)).producerId,
    async watch(rtpCapabilities) {
      egress = await stream.watch({ rtpCapabilities, forceTcp: false });
      return { transport: egress.transport, consumers: egress.consumers };
    },
    consume: () => must(egress).consume(),
    resume: (consumerIds) => must(egress).resume(consumerIds),
    connect: (transportId, dtls) => must([ingest, egress].find((each) => each?.transport.id === transportId)).connect(dtls),
  };
}

/** Signalling by socket commands. @param call sends a command and resolves with its value, or rejects with its problem */
export function throughSocket(call: <N extends CommandName>(name: N, input: CommandInput<N>) => Promise<CommandResult<N>>): Signalling {
  return {
    publish: async () => (await call('media.publish', { takeOver: true })).transport,
    produce: async (transportId, track) => (await call('media.produce', { transportId, ...track })).producerId,
    watch: async (rtpCapabilities) => (await call('media.watch', { rtpCapabilities })) as { transport: TransportInfo; consumers: ConsumerInfo[] },
    consume: async () => (await call('media.consume', {})).consumers as ConsumerInfo[],
    resume: async (consumerIds) => void (await call('media.resume', { consumerIds })),
    connect: async (transportId, dtlsParameters) => void (await call('media.connect', { transportId, dtlsParameters })),
  };
}
