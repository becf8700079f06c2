// Owns how goods are called where they stand in a list: product, variant and grade, nothing said twice.
import type { Product, Variant } from './shop.ts';

/** What one variant says of its grade, else the product. */
export function gradeOf({ facts }: Pick<Product, 'facts'>, variant: Pick<Variant, 'grade'> | null): string {
  return variant?.grade ?? facts?.grade ?? '';
}

/** `5 kg box · Grade A`: what sets a variant apart, without the name of its product. Empty where nothing does. */
export function kindText({ name, label, grade = '' }: { name: string; label: string; grade?: string | undefined }, between = ' · '): string {
  return [label, isSaid(`${name} ${label}`, grade) ? '' : grade].filter((part) => part !== '').join(between);
}

/** `一级` stands in `一级 5 公斤`; `A` stands in `Grade A`, and not in `Apples`. */
function isSaid(text: string, grade: string): boolean {
  const plain = (words: string): string => words.normalize('NFKC').toLowerCase();
  if (/\p{Script=Han}/u.test(grade)) return plain(text).includes(plain(grade));
  const words = (of: string): string => ` ${plain(of).split(/[^\p{L}\p{N}+]+/u).filter((word) => word !== '').join(' ')} `;
  return words(text).includes(words(grade));
}

/** `Apples · 5 kg box · Grade A`. */
export function goodsName(line: { name: string; label: string; grade?: string | undefined }, between = ' · '): string {
  const kind = kindText(line, between);
  return kind === '' ? line.name : `${line.name}${between}${kind}`;
}

/** The same of a variant on the shelf. */
export function variantName(product: Pick<Product, 'name' | 'facts'>, variant: Pick<Variant, 'label' | 'grade'>, between = ' · '): string {
  return goodsName({ name: product.name, label: variant.label, grade: gradeOf(product, variant) }, between);
}
