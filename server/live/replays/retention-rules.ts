// Owns what holds for a seller's replays: the seller's own limits where the operator set some, else the server's.
import type { Seller } from '../../protocol/shop.ts';
import type { Recording } from '../../media/index.ts';

export const DAY_MS = 24 * 3600_000;
const GB = 1e9;

export interface RetentionSettings {
  /** For sellers without days of their own; 0 keeps none. */
  days: number;
  /** Room for all recordings together. */
  budgetBytes: number;
  /** Free bytes of the disk that recordings leave alone. */
  reserveBytes: number;
}

export interface SellerLookup {
  list(which: { practice: boolean }): Promise<Seller[]>;
  find(sellerId: string): Promise<Seller | undefined>;
}

export class RetentionRules {
  readonly settings: RetentionSettings;
  readonly #sellers: SellerLookup;

  constructor(settings: RetentionSettings, sellers: SellerLookup) {
    this.settings = settings;
    this.#sellers = sellers;
  }

  async daysOf(sellerId: string): Promise<number> {
    return (await this.#sellers.find(sellerId))?.retentionDays ?? this.settings.days;
  }

  /** When a finished recording of this seller is too old. */
  async keptUntil(sellerId: string, recording: Recording): Promise<number> {
    return Math.round(endOf(recording)) + (await this.daysOf(sellerId)) * DAY_MS;
  }

  /** Limits of every seller, by id. */
  async owners(): Promise<Map<string, { days: number; bytes?: number }>> {
    const sellers = await this.#sellers.list({ practice: true });
    return new Map(
      sellers.map(({ id, retentionDays, retentionGb }) => [
        id,
        { days: retentionDays ?? this.settings.days, ...(retentionGb === null ? {} : { bytes: retentionGb * GB }) },
      ]),
    );
  }
}

/** Server clock of its last picture. */
export function endOf(recording: Recording): number {
  return recording.toServerMs(recording.durationMs);
}
