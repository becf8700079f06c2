// Owns what a light peer holds of one transport: its own end, the wire, and what the server said of the other end.
import type { types } from 'mediasoup';
import type { TransportInfo } from '../../server/protocol/media.ts';
import type { LightLink } from './light-link.ts';

export interface Connection {
  transport: types.WebRtcTransport;
  link: LightLink;
  far: TransportInfo;
}
