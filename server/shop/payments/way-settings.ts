// Owns what a seller sets of the ways to be paid: switched on and off, whose receive code, how long goods are held and from when, how many unpaid orders.
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { TRANSFER_HOLD_MINUTES, type WaySettings, type WaySettingsPatch } from '../../protocol/cash.ts';
import type { Commits } from '../commits.ts';
import type { ShopTables } from '../schema.ts';
import { type PaymentSettings, readSettings, type Ways } from './settings.ts';

export class WayDesk {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #ways: Ways;

  constructor(deps: { database: Database; commits: Commits; ways: Ways }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#ways = deps.ways;
  }

  async read(sellerId: string): Promise<WaySettings> {
    return this.#view(sellerId, await readSettings(this.#database.read<ShopTables>(), sellerId));
  }

  /**
   * Changes what is given; orders that are open stay as they are.
   * @throws FieldcastError `not-found`, `payment.last-way` when no way would be left, `input.invalid` for a transfer without a receive code.
   */
  async change(sellerId: string, patch: WaySettingsPatch): Promise<WaySettings> {
    const { settings } = await this.#commits.run(
      undefined,
      async ({ transaction, tell }) => {
        const seller = await transaction.selectFrom('sellers').select('id').where('id', '=', sellerId).executeTakeFirst();
        if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
        const next = patched(await readSettings(transaction, sellerId), patch);
        if (next.qrPictureId !== null) {
          const picture = await transaction.selectFrom('pictures').select('id').where('id', '=', next.qrPictureId).executeTakeFirst();
          if (!picture) throw new FieldcastError('not-found', 'There is no such picture.', { params: { pictureId: next.qrPictureId } });
        } else if (patch.transfer?.isOn) {
          throw new FieldcastError('input.invalid', 'A transfer needs the picture of a receive code.', { issues: [{ path: 'body.transfer.qrPictureId', message: 'needed' }] });
        }
        if (!next.cod && !(next.transfer && next.qrPictureId !== null) && !(next.stripe && this.#ways.takesCards)) {
          throw new FieldcastError('payment.last-way', 'At least one way to be paid has to stay on.');
        }
        const row = {
          cod: flag(next.cod),
          transfer: flag(next.transfer),
          stripe: flag(next.stripe),
          qr_picture_id: next.qrPictureId,
          payee_name: next.payeeName,
          transfer_hold_minutes: next.transferHoldMinutes,
          unpaid_per_buyer: next.unpaidPerBuyer,
          unpaid_per_address: next.unpaidPerAddress,
          stock_policy: next.stockPolicy,
        };
        await transaction
          .insertInto('seller_payment_settings')
          .values({ seller_id: sellerId, ...row })
          .onConflict((conflict) => conflict.column('seller_id').doUpdateSet(row))
          .execute();
        tell('ways.changed', { sellerId });
        return { id: sellerId, settings: next };
      },
      async (id) => ({ id, settings: await readSettings(this.#database.read<ShopTables>(), id) }),
    );
    return this.#view(sellerId, settings);
  }

  #view(sellerId: string, settings: PaymentSettings): WaySettings {
    return {
      sellerId,
      cod: settings.cod,
      transfer: {
        isOn: settings.transfer && settings.qrPictureId !== null,
        qrPictureId: settings.qrPictureId,
        payeeName: settings.payeeName,
        holdMinutes: Math.min(Math.max(settings.transferHoldMinutes, TRANSFER_HOLD_MINUTES.least), TRANSFER_HOLD_MINUTES.most),
      },
      stripe: this.#ways.takesCards ? settings.stripe : null,
      limits: { unpaidPerBuyer: settings.unpaidPerBuyer, unpaidPerAddress: settings.unpaidPerAddress },
      stock: { policy: settings.stockPolicy },
    };
  }
}

function patched(before: PaymentSettings, { cod, stripe, transfer = {}, limits = {}, stock = {} }: WaySettingsPatch): PaymentSettings {
  return {
    ...before,
    cod: cod ?? before.cod,
    stripe: stripe ?? before.stripe,
    transfer: transfer.isOn ?? before.transfer,
    qrPictureId: transfer.qrPictureId === undefined ? before.qrPictureId : transfer.qrPictureId,
    payeeName: transfer.payeeName ?? before.payeeName,
    transferHoldMinutes: transfer.holdMinutes ?? before.transferHoldMinutes,
    unpaidPerBuyer: limits.unpaidPerBuyer === undefined ? before.unpaidPerBuyer : limits.unpaidPerBuyer,
    unpaidPerAddress: limits.unpaidPerAddress === undefined ? before.unpaidPerAddress : limits.unpaidPerAddress,
    stockPolicy: stock.policy ?? before.stockPolicy,
  };
}

function flag(is: boolean): 0 | 1 {
  return is ? 1 : 0;
}
