// Owns the export list of what all elements are drawn with.
export { buttonStyles } from './button.styles.ts';
export { cardStyles } from './card.styles.ts';
export { define } from './define.ts';
export { fieldStyles } from './field.styles.ts';
export { icon, type IconName } from './icons.ts';
export { picture, pictureUrl } from './picture.ts';
export { pictureStyles } from './picture.styles.ts';
export { FEW_LEFT, gistOf, priceText, priceWas, type ProductGist, type ShownVariant } from './price.ts';
export { restrictChoice, type RestrictKind, restrictStyles } from './restrict-choice.ts';
export { rowStyles } from './rows.styles.ts';
export { sheetStyles } from './sheet.styles.ts';
export { stepper, type StepperOptions } from './stepper.ts';
export { isHostShop, openCartAround } from './surroundings.ts';
export { clockOf, timeLeft } from './time-left.ts';
export { tokens } from './tokens.styles.ts';
