// Owns what viewers hear of each other beside the chat: who came and who bought, masked, gathered, and only where the show's rules let it.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { ChatRules } from '../../protocol/chat.ts';
import type { Order } from '../../protocol/order.ts';
import type { Notices as Told } from '../../protocol/stage.ts';
import type { AudienceTables } from '../tables.ts';
import { maskedName } from './masked-name.ts';

const GATHER_MS = 3_000;
/** After a start everybody comes back at once; they were here before. */
const QUIET_AFTER_START_MS = 60_000;
const NAMES = 2;
const ORDERS = 3;
/** Remembered as having come, so that a reload is no news; the oldest are forgotten. */
const KNOWN = 20_000;

interface Due {
  joined: string[];
  count: number;
  bought: Told['bought'];
  moreOrders: number;
}

export interface NoticesDeps {
  database: Database;
  clock: Clock;
  rulesOf: (showId: string) => Promise<Pick<ChatRules, 'tellsJoins' | 'tellsOrders'>>;
  tell: (showId: string, notices: Told) => void;
  onFault: (error: unknown) => void;
}

export class Notices {
  readonly #deps: NoticesDeps;
  readonly #startedAt: number;
  readonly #known = new Map<string, Set<string>>();
  readonly #due = new Map<string, Due>();
  readonly #cancels = new Set<() => void>();

  constructor(deps: NoticesDeps) {
    this.#deps = deps;
    this.#startedAt = deps.clock.now();
  }

  joined(showId: string, identity: string): void {
    let known = this.#known.get(showId);
    if (!known) this.#known.set(showId, (known = new Set()));
    if (known.has(identity)) return;
    known.add(identity);
    const [oldest] = known;
    if (known.size > KNOWN && oldest !== undefined) known.delete(oldest);
    if (this.#deps.clock.now() - this.#startedAt < QUIET_AFTER_START_MS) return;
    const due = this.#gathered(showId);
    due.count += 1;
    if (due.joined.length < NAMES) due.joined.push(identity);
  }

  ordered({ showId, buyer, lines }: Pick<Order, 'showId' | 'buyer' | 'lines'>): void {
    const [first] = lines;
    if (!first) return;
    const due = this.#gathered(showId);
    if (due.bought.length < ORDERS) due.bought.push({ name: maskedName(buyer.name), product: first.name, quantity: first.quantity });
    else due.moreOrders += 1;
  }

  /** The show is over or gone. */
  forget(showId: string): void {
    this.#known.delete(showId);
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
  }

  #gathered(showId: string): Due {
    let due = this.#due.get(showId);
    if (!due) {
      this.#due.set(showId, (due = { joined: [], count: 0, bought: [], moreOrders: 0 }));
      const cancel = this.#deps.clock.after(GATHER_MS, () => {
        this.#cancels.delete(cancel);
        this.#send(showId).catch(this.#deps.onFault);
      });
      this.#cancels.add(cancel);
    }
    return due;
  }

  async #send(showId: string): Promise<void> {
    const due = this.#due.get(showId);
    this.#due.delete(showId);
    if (!due) return;
    const { tellsJoins, tellsOrders } = await this.#deps.rulesOf(showId);
    const names = tellsJoins ? await Promise.all(due.joined.map((identity) => this.#nameOf(identity))) : [];
    const joined = { count: tellsJoins ? due.count : 0, names: names.filter((name) => name !== '') };
    const bought = tellsOrders ? due.bought : [];
    if (joined.count > 0 || bought.length > 0) this.#deps.tell(showId, { joined, bought, moreOrders: tellsOrders ? due.moreOrders : 0 });
  }

  /** What somebody was last called in a chat, masked. */
  async #nameOf(identity: string): Promise<string> {
    const last = await this.#deps.database
      .read<AudienceTables>()
      .selectFrom('chat_messages')
      .select('name')
      .where('identity', '=', identity)
      .where('state', '=', 'shown')
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return maskedName(last?.name ?? '');
  }
}
