// Owns which segments the staff's room has, in order, and what each needs: a right, an element, a download.
import { html, type TemplateResult } from 'lit';
import type { Right, Session } from '../../../server/protocol/access.ts';
import type { Client, ShowStore } from '../../show/index.ts';

/** The open show as its staff's pages see it. */
export interface StaffRoom {
  readonly serverUrl: string;
  readonly showId: string;
  readonly client: Client;
  readonly store: ShowStore;
  /** Who this is, and with which rights. */
  readonly session: Session;
  /** What this page sends of its microphone; null while it sends nothing. */
  readonly microphone: () => MediaStreamTrack | null;
  /** Aborted when the page leaves the show. */
  readonly gone: AbortSignal;
}

/** What is loaded when its segment is opened; `web-components/studio.ts` knows how. */
export type LateGroup = 'chat' | 'questions' | 'captions' | 'desk' | 'hearts' | 'orders' | 'offers' | 'figures' | 'coached' | 'practise' | 'cues';
export type SegmentName = 'chat' | 'questions' | 'captions' | 'more';

export interface Segment {
  name: SegmentName;
  /** Who lacks it does not see the segment. */
  right: Right;
  group: LateGroup;
  view: (room: StaffRoom) => TemplateResult;
}

const segments: readonly Segment[] = [
  { name: 'chat', right: 'chat', group: 'chat', view: (room) => html`<fieldcast-host-bar .room=${room}></fieldcast-host-bar><fieldcast-chat .room=${room}></fieldcast-chat>` },
  { name: 'questions', right: 'chat', group: 'questions', view: (room) => html`<fieldcast-questions .room=${room}></fieldcast-questions>` },
  { name: 'captions', right: 'captions', group: 'captions', view: (room) => html`<fieldcast-caption-desk .room=${room}></fieldcast-caption-desk>` },
  { name: 'more', right: 'chat', group: 'desk', view: (room) => html`<fieldcast-desk .room=${room}></fieldcast-desk>` },
];

/** Segments for somebody with these rights. */
export function segmentsFor(rights: readonly Right[]): readonly Segment[] {
  return segments.filter(({ right }) => rights.includes(right));
}
