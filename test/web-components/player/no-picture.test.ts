// Owns what a viewer without a picture is told about why.
import { describe, expect, it } from 'vitest';
import { type Allotment, NO_STREAM, type StreamInfo } from '../../../server/protocol/media.ts';
import { whyNoPicture } from '../../../web-components/player/no-picture.ts';

type Producer = StreamInfo['producers'][number];
const sound: Producer = { id: 'a', kind: 'audio', paused: false, pausedBy: null };
const picture = (pausedBy: Producer['pausedBy'] = null): Producer => ({ id: 'v', kind: 'video', paused: pausedBy !== null, pausedBy });
const stream = (...producers: Producer[]): StreamInfo => ({ ...NO_STREAM, producers });
const full: Allotment = { level: 'full', reason: null };

describe('whyNoPicture', () => {
  it.each([
    ['all is well', null, stream(sound, picture()), full, 'auto'],
    ['nothing is sent', null, NO_STREAM, { level: 'sound', reason: 'uplink' }, 'auto'],
    ['the host has a thin uplink', 'network', stream(sound, picture('network')), full, 'auto'],
    ['the host has covered the camera', 'hidden', stream(sound, picture('host')), full, 'auto'],
    ['the host sends sound only', 'voice', stream(sound), full, 'auto'],
    ['the line out of the server is full', 'room', stream(sound, picture()), { level: 'sound', reason: 'uplink' }, 'auto'],
    ['the server has too much to do', 'room', stream(sound, picture()), { level: 'sound', reason: 'processor' }, 'save'],
    ['the viewer wants sound only', 'saving', stream(sound, picture()), { level: 'sound', reason: 'wish' }, 'sound'],
    ['the page was hidden and is back', null, stream(sound, picture()), { level: 'sound', reason: 'wish' }, 'auto'],
    ['the picture is small', null, stream(sound, picture()), { level: 'small', reason: 'uplink' }, 'auto'],
    ['both: what holds for everybody is said first', 'network', stream(sound, picture('network')), { level: 'sound', reason: 'uplink' }, 'auto'],
  ] as const)('when %s: %s', (_when, reason, info, allotted, dataUse) => expect(whyNoPicture(info, allotted, dataUse)).toBe(reason));
});
