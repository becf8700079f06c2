// Owns `fieldcast product import FILE.csv`: a table of products taken in, or with --preview only looked at, also while the server runs.
import { readFile } from 'node:fs/promises';
import type { Auth } from '../platform/auth.ts';
import type { Config } from '../platform/config.ts';
import { lockDataFolder } from '../platform/data-lock.ts';
import type { Problem } from '../protocol/errors.ts';
import { newId } from '../protocol/ids.ts';
import type { ProductTablePreview, ProductTableRow } from '../protocol/product-table.ts';
import type { Shop } from '../shop/index.ts';
import { type Answer, UsageError } from './answer.ts';

const TOKEN_MS = 10 * 60_000;
/** Lines of refused rows that a terminal is filled with. */
const TOLD = 20;

export async function importProducts(
  file: string,
  values: { seller?: string; preview?: boolean },
  { shop, auth, config }: { shop: Shop; auth: Auth; config: Readonly<Config> },
): Promise<Answer> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`product import cannot read ${file}: ${error.code ?? error.message}`);
  });
  const seller = values.seller === undefined ? await shop.sellers.first() : await shop.sellers.find(values.seller);
  if (!seller) throw new UsageError(values.seller === undefined ? 'there is no seller yet; make one on the operator\'s page' : `there is no seller ${values.seller}`);
  const apply = !values.preview;
  const lock = await lockDataFolder(config.dataDir).catch(() => undefined);
  let preview: ProductTablePreview;
  try {
    // A server that runs has to take it in itself: it is the one that tells its viewers.
    preview = lock ? await shop.tables.take(seller.id, bytes, { apply }) : await askServer({ sellerId: seller.id, bytes, apply, auth, config });
  } finally {
    await lock?.release();
  }
  return { text: words(preview), json: preview };
}

async function askServer(options: { sellerId: string; bytes: Uint8Array; apply: boolean; auth: Auth; config: Readonly<Config> }): Promise<ProductTablePreview> {
  const { sellerId, bytes, apply, auth, config } = options;
  const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host;
  const base = config.tls === 'off' ? `http://${host}:${config.port}` : config.publicUrl;
  const token = await auth.sign({ role: 'operator', identity: newId('per') }, TOKEN_MS);
  const answer = await fetch(`${base}/api/v1/products/import?sellerId=${sellerId}${apply ? '&apply=true' : ''}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: new Uint8Array(bytes),
  }).catch((error: unknown) => {
    throw new Error(`a server runs on ${config.dataDir} and does not answer at ${base} (FIELDCAST_HOST, FIELDCAST_PORT, FIELDCAST_PUBLIC_URL); stop it, or use the operator's page`, { cause: error });
  });
  const body = (await answer.json()) as ProductTablePreview | Problem;
  if (!answer.ok) throw new Error((body as Problem).detail);
  return body as ProductTablePreview;
}

function words({ counts, newProducts, rows, isApplied, unknownColumns }: ProductTablePreview): string {
  const refused = rows.filter(({ state }) => state === 'refused');
  return [
    `${isApplied ? 'imported' : 'would import'}: ${counts.new} new (${newProducts} ${newProducts === 1 ? 'product' : 'products'}), ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.refused} refused`,
    ...(unknownColumns.length > 0 ? [`columns left aside: ${unknownColumns.join(', ')}`] : []),
    ...refused.slice(0, TOLD).map(refusal),
    ...(counts.refused > TOLD ? [`and ${counts.refused - TOLD} more refused rows`] : []),
  ].join('\n');
}

function refusal({ line, name, fault }: ProductTableRow): string {
  return `line ${line}${name === '' ? '' : ` (${name})`}: ${fault?.kind ?? ''}${fault?.column ? ` ${fault.column}` : ''}`;
}
