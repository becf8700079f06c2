// Owns the HTTP side of one WHIP or WHEP session: its unguessable name, its entity tag, and what a PATCH does (RFC 9725 section 4.3).
import { randomBytes } from 'node:crypto';
import { FieldcastError } from '../platform/errors.ts';
import type { EgressSession } from './egress/webrtc.ts';
import type { IngestSession } from './ingest/webrtc.ts';
import { writeRestartFragment } from './sdp/answer.ts';
import { readFragment } from './sdp/fragment.ts';
import { type Offer, unsupported } from './sdp/offer.ts';

export class WireSession {
  readonly id = randomBytes(24).toString('base64url');
  readonly protocol: 'WHIP' | 'WHEP';
  readonly streamId: string;
  readonly #session: IngestSession | EgressSession;
  readonly #offer: Offer;
  #remoteFragment: string;
  #etag = newTag();

  constructor(protocol: 'WHIP' | 'WHEP', streamId: string, session: IngestSession | EgressSession, offer: Offer) {
    this.protocol = protocol;
    this.streamId = streamId;
    this.#session = session;
    this.#offer = offer;
    this.#remoteFragment = offer.ice.usernameFragment;
  }

  /** Names the ICE session; a restart makes a new one. */
  get etag(): string {
    return this.#etag;
  }

  /**
   * Takes candidates (which an ICE-lite server has no use for) or restarts ICE. A failed restart leaves the session as it was.
   * @returns the fragment to answer a restart with; undefined when there is nothing to answer
   * @throws FieldcastError `media.precondition-required`, `media.precondition-failed`, `media.sdp-invalid`, `media.unsupported`
   */
  async patch(ifMatch: string | undefined, body: string): Promise<string | undefined> {
    if (ifMatch === undefined) throw new FieldcastError('media.precondition-required', 'PATCH needs If-Match: the ETag, or * to restart ICE.');
    // The RFC's own example puts the asterisk in quotes.
    const isAny = ifMatch.trim() === '*' || ifMatch.trim() === '"*"';
    const isCurrent = isAny || ifMatch.split(',').some((tag) => tag.trim() === this.#etag);
    if (!isCurrent) throw new FieldcastError('media.precondition-failed', 'This is not the present ICE session any more.');
    const ice = readFragment(body);
    if (!ice || ice.usernameFragment === this.#remoteFragment) return undefined;
    if (!isAny) throw unsupported('an ICE restart needs "If-Match: *"');
    const parameters = await this.#session.restartIce();
    this.#remoteFragment = ice.usernameFragment;
    this.#etag = newTag();
    const [first] = this.#offer.tracks;
    if (!first) throw unsupported('the session has no track');
    return writeRestartFragment(parameters, this.#session.transport.iceCandidates, this.#session.protocol, first);
  }

  close(): void {
    this.#session.close();
  }

  onClosed(listener: () => void): void {
    this.#session.onClosed(listener);
  }
}

function newTag(): string {
  return `"${randomBytes(12).toString('hex')}"`;
}
