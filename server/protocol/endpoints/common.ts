// Owns what several endpoints share: groups of roles, path parameters, the empty body.
import * as v from 'valibot';
import { roles } from '../access.ts';
import { id } from '../ids.ts';

export const everyone = roles;
export const staff = ['host', 'helper', 'operator'] as const;
export const hosts = ['host', 'operator'] as const;
export const operator = ['operator'] as const;
/** Who teaches classes; which of them are theirs is checked on top. */
export const teachers = ['coach', 'operator'] as const;
/** Who prepares practice: a coach for those they coach, a host for themselves. */
export const practisers = ['host', 'operator', 'coach'] as const;
export const coaches = ['coach'] as const;
export const nothing = v.strictObject({});

export const showParams = v.strictObject({ showId: id });
export const productParams = v.strictObject({ productId: id });
export const orderParams = v.strictObject({ orderId: id });
export const sellerParams = v.strictObject({ sellerId: id });
export const promotionParams = v.strictObject({ promotionId: id });
export const classParams = v.strictObject({ classId: id });
export const traineeParams = v.strictObject({ traineeId: id });
