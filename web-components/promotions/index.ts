// Owns the entry of what is shown of promotions: it registers the strip and the cards of all kinds.
import { define } from '../ui/index.ts';
import { FieldcastAuction } from './auction-card.ts';
import { FieldcastBidSheet } from './bid-sheet.ts';
import { FieldcastCoupon } from './coupon-card.ts';
import { FieldcastDraw } from './draw-card.ts';
import { FieldcastDrawSheet } from './draw-sheet.ts';
import { FieldcastFlashSale } from './flash-sale-card.ts';
import { FieldcastGroupBuy } from './group-buy-card.ts';
import { FieldcastJoinSheet } from './join-sheet.ts';
import { FieldcastPromotions } from './fieldcast-promotions.ts';
import { FieldcastWaitCard } from './wait-card.ts';
import { FieldcastPromotionSheet } from './promotion-sheet.ts';

/** Registers all of them. */
export function definePromotions(): void {
  define('fieldcast-promotion-sheet', FieldcastPromotionSheet);
  define('fieldcast-wait-card', FieldcastWaitCard);
  define('fieldcast-flash-sale', FieldcastFlashSale);
  define('fieldcast-coupon', FieldcastCoupon);
  define('fieldcast-draw-sheet', FieldcastDrawSheet);
  define('fieldcast-draw', FieldcastDraw);
  define('fieldcast-bid-sheet', FieldcastBidSheet);
  define('fieldcast-auction', FieldcastAuction);
  define('fieldcast-join-sheet', FieldcastJoinSheet);
  define('fieldcast-group-buy', FieldcastGroupBuy);
  define('fieldcast-promotions', FieldcastPromotions);
}
