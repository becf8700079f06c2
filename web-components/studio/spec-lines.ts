// Owns what is told of goods in lines, as a farmer types it: `糖度: 14 以上`, one a line.
import { SPEC_LIMIT, type Specs } from '../../server/protocol/product-facts.ts';

export function specText(specs: Specs = []): string {
  return specs.map(({ name, value }) => `${name}: ${value}`).join('\n');
}

/** Null where a line has no name or no value. */
export function readSpecs(typed: string): Specs | null {
  const specs: Specs = [];
  for (const line of typed.split('\n')) {
    if (line.trim() === '') continue;
    // Without a colon the first space parts them: people write `糖度 14`.
    const found = /^\s*([^:：]+?)\s*[:：]\s*(.+?)\s*$/.exec(line) ?? /^\s*(\S+)\s+(.+?)\s*$/.exec(line);
    const [, name = '', value = ''] = found ?? [];
    if (name === '' || value === '' || name.length > 30 || value.length > 80) return null;
    specs.push({ name, value });
  }
  return specs.length > SPEC_LIMIT ? null : specs;
}
