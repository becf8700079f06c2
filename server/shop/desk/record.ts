// Owns who sells by law, as receipts name them, and the logistics points where a seller hands parcels in.
import * as v from 'valibot';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { sellerRecord, type SellerRecord } from '../../protocol/desk.ts';
import type { ShopTables } from '../schema.ts';

type Points = SellerRecord['points'];
type Patch = { [Field in 'legalName' | 'address' | 'taxNumber' | 'phone' | 'points']?: SellerRecord[Field] | undefined };

export class SellerRecords {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A seller who has not said who they are by law is named as buyers know them. @throws FieldcastError `not-found`. */
  async find(sellerId: string): Promise<SellerRecord> {
    const row = await this.#database
      .read<ShopTables>()
      .selectFrom('sellers')
      .leftJoin('seller_records as record', 'record.seller_id', 'sellers.id')
      .select(['sellers.id', 'sellers.name', 'record.legal_name', 'record.address', 'record.tax_number', 'record.phone', 'record.points'])
      .where('sellers.id', '=', sellerId)
      .executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'There is no such seller.');
    return {
      sellerId: row.id,
      name: row.name,
      legalName: row.legal_name ?? '',
      address: row.address ?? '',
      taxNumber: row.tax_number ?? '',
      phone: row.phone ?? '',
      points: row.points === null ? [] : v.parse(sellerRecord.entries.points, JSON.parse(row.points)),
    };
  }

  /** Changes what is given. @throws FieldcastError `not-found`. */
  async change(sellerId: string, patch: Patch): Promise<SellerRecord> {
    const before = await this.find(sellerId);
    const row = {
      legal_name: patch.legalName ?? before.legalName,
      address: patch.address ?? before.address,
      tax_number: patch.taxNumber ?? before.taxNumber,
      phone: patch.phone ?? before.phone,
      points: JSON.stringify(patch.points ?? before.points),
    };
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction.insertInto('seller_records').values({ seller_id: sellerId, ...row }).onConflict((conflict) => conflict.column('seller_id').doUpdateSet(row)).execute();
    });
    return this.find(sellerId);
  }
}

/** The first logistics point that an address belongs to. */
export function pointOf(address: string, points: Points): string | undefined {
  const text = address.normalize('NFKC').toLowerCase();
  return points.find(({ areas }) => areas.some((area) => text.includes(area.normalize('NFKC').toLowerCase())))?.name;
}
