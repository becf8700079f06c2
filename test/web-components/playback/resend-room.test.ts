// Owns how long a picture waits for what was lost on the way.
import { describe, expect, it } from 'vitest';
import { ResendRoom } from '../../../web-components/playback/resend-room.ts';

const PACKETS_A_LOOK = 50;

/** A line that loses this share of its packets, looked at twice a second. */
function line() {
  const room = new ResendRoom();
  const seen = { packets: 0, lost: 0 };
  let now = 10_000;
  return {
    /** @returns room in ms after each look */
    loses(share: number, looks: number, roundTripMs = 0): number[] {
      return Array.from({ length: looks }, () => {
        now += 500;
        seen.lost += Math.round(PACKETS_A_LOOK * share);
        seen.packets += PACKETS_A_LOOK - Math.round(PACKETS_A_LOOK * share);
        return room.heard({ ...seen }, roundTripMs, now);
      });
    },
  };
}

const last = (rooms: number[]): number | undefined => rooms.at(-1);

describe('room for packets that are sent again', () => {
  it('is none on a good line', () => {
    expect(line().loses(0, 20)).toEqual(Array(20).fill(0));
  });

  it('is there at the first look at a line that loses a third, and no longer than a talk bears', () => {
    expect(line().loses(0.3, 1)).toEqual([600]);
    expect(last(line().loses(0.5, 20, 400))).toBe(600);
  });

  it('grows with the loss, and with the round trip that each retry takes', () => {
    const [little, more, most] = [0.04, 0.1, 0.2].map((share) => last(line().loses(share, 20)) as number) as [number, number, number];
    expect(little).toBeGreaterThan(0);
    expect(more).toBeGreaterThan(little);
    expect(most).toBeGreaterThan(more);
    expect(last(line().loses(0.04, 20, 250))).toBe(250);
  });

  it('stays for ten seconds after a loss, then the picture is as quick as before', () => {
    const shaky = line();
    shaky.loses(0.3, 10);
    expect(last(shaky.loses(0, 19))).toBe(600);
    expect(last(shaky.loses(0, 12))).toBe(0);
  });

  it('does not take a packet or two out of a few for a bad line', () => {
    const room = new ResendRoom();
    expect(room.heard({ packets: 6, lost: 2 }, 0, 500)).toBe(0);
  });

  it('begins anew with a count that does: another transport', () => {
    const shaky = new ResendRoom();
    shaky.heard({ packets: 1_000, lost: 0 }, 0, 500);
    expect(shaky.heard({ packets: 40, lost: 0 }, 0, 1_000)).toBe(0);
    expect(shaky.heard({ packets: 80, lost: 20 }, 0, 1_500)).toBeGreaterThan(0);
  });
});
