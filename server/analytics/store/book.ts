// Owns what is held in memory of one show while it is heard of: its devices, and what was counted and is not kept yet.
import { fold } from '../rollup/fold.ts';
import { DeviceStory } from '../rollup/device-story.ts';
import type { NamedSet, Pending, Sum } from '../rollup/pending.ts';
import type { RawEvent } from '../rollup/raw-event.ts';
import { Areas } from './areas.ts';
import { RawLines } from './chunk.ts';
import { Device } from './device.ts';
import { Turns } from './turns.ts';

export interface Unkept {
  /** In the order they were counted. */
  raw: RawLines[];
  devices: Device[];
  rollUps: { sums: Sum[]; sets: NamedSet[] };
}

/** More than this is not held while the disk takes nothing. */
const HELD_MOST = 200_000;

export class Book {
  readonly show: number;
  readonly showId: string;
  readonly #pending: Pending;
  readonly #devices = new Map<string, Device>();
  readonly #byPerson = new Map<string, Device>();
  readonly #server = new DeviceStory();
  readonly #areas = new Areas();
  #last = 0;
  /** What the disk did not take, and what is gathered now. */
  #returned: RawLines[] = [];
  #raw = new RawLines();
  #changed = new Set<Device>();
  /** Number of the next raw chunk. */
  position: number;

  constructor(show: { number: number; showId: string; position: number }, pending: Pending, devices: readonly Device[]) {
    this.show = show.number;
    this.showId = show.showId;
    this.position = show.position;
    this.#pending = pending;
    for (const device of devices) {
      this.#last = Math.max(this.#last, device.number);
      this.#areas.take(device.area);
      if (device.device !== null) this.#devices.set(device.device, device);
      if (device.person !== null) this.#byPerson.set(device.person, device);
    }
  }

  /** True while nothing more can be held. */
  get isFull(): boolean {
    return this.#returned.reduce((sum, { count }) => sum + count, this.#raw.count) >= HELD_MOST;
  }

  find(device: string): Device | undefined {
    return this.#devices.get(device);
  }

  meet(device: string, mark: Device['mark'], now: number, area = ''): Device {
    const met = new Device({ number: (this.#last += 1), device, mark, first_at: now, area: this.#areas.take(area), person: null, person_across: null, story: '', pages: '' });
    this.#devices.set(device, met);
    this.#note(met);
    return met;
  }

  /** This device belongs to that person. @param personAcross null: they did not agree to be known in other shows, or do not any more */
  know(device: Device, person: string, personAcross: string | null): void {
    device.person = person;
    device.personAcross = personAcross;
    this.#byPerson.set(person, device);
    this.#note(device);
  }

  ofPerson(person: string): Device | undefined {
    return this.#byPerson.get(person);
  }

  /** Counts events of one device, or of the server. */
  count(events: readonly RawEvent[], device: Device | undefined): void {
    const story = device ? device.story : this.#server;
    for (const event of events) {
      this.#raw.add(event);
      fold(event, story, this.#pending);
    }
    if (device) this.#note(device);
  }

  /** Writes down devices that have changed, a few at a time, so that little is left to do when they are taken. */
  async prepare(): Promise<void> {
    const turns = new Turns();
    for (const device of this.#changed) {
      device.toRow(this.show);
      await turns.next();
    }
  }

  /** Hands over what is not kept; undefined when all of it is. */
  take(): Unkept | undefined {
    const rollUps = this.#pending.take();
    const raw = this.#raw.count > 0 ? [...this.#returned, this.#raw] : this.#returned;
    if (raw.length === 0 && this.#changed.size === 0) return undefined;
    const unkept = { raw, devices: [...this.#changed], rollUps };
    this.#returned = [];
    this.#raw = new RawLines();
    this.#changed = new Set();
    return unkept;
  }

  giveBack({ raw, devices, rollUps }: Unkept): void {
    this.#returned = [...raw, ...this.#returned];
    for (const device of devices) this.#changed.add(device);
    this.#pending.giveBack(rollUps);
  }

  #note(device: Device): void {
    device.touch();
    this.#changed.add(device);
  }
}
