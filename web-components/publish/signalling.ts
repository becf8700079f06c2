// Owns what publishing needs from a connection to the server. The show's client provides it; tests put their own in its place.
import type { CommandInput, CommandName, CommandResult, RtpCapabilities, StreamInfo } from '../../server/protocol/index.ts';

/** What entering a show tells a sender. */
export interface Joined {
  rtpCapabilities: RtpCapabilities;
  stream: StreamInfo;
}

export interface Signalling {
  /** Enters the show (again); waits for the socket when it is down. Rejects with an error that has the problem's `code`, or `show.ended`. */
  join(): Promise<Joined>;
  /** Sends a command. Rejects with an error that has the problem's `code`, or any other when the socket is down. */
  send<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>>;
}
