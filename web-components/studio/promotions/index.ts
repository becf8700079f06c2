// Owns the entry of the bundle fieldcast-offers.js: loading it registers <fieldcast-offers>, the staff's page of promotions and the forms of all kinds.
import { define } from '../../ui/index.ts';
import { FieldcastStudioPad } from '../studio-pad.ts';
import { FieldcastStudioSheet } from '../studio-sheet.ts';
import { FieldcastAuctionForm } from './auction-form.ts';
import { FieldcastAuctionTools } from './auction-tools.ts';
import { FieldcastCouponForm } from './coupon-form.ts';
import { FieldcastCouponTools } from './coupon-tools.ts';
import { FieldcastDrawForm } from './draw-form.ts';
import { FieldcastDrawTools } from './draw-tools.ts';
import { FieldcastCodePage } from './code-page.ts';
import { FieldcastFlashForm } from './flash-form.ts';
import { FieldcastGroupForm } from './group-form.ts';
import { FieldcastLotPage } from './lot-page.ts';
import { FieldcastWaitPage } from './wait-page.ts';
import { FieldcastOffers } from './fieldcast-offers.ts';
import { FieldcastStudioPromotions } from './fieldcast-studio-promotions.ts';

define('fieldcast-studio-sheet', FieldcastStudioSheet);
define('fieldcast-studio-pad', FieldcastStudioPad);
define('fieldcast-flash-form', FieldcastFlashForm);
define('fieldcast-code-page', FieldcastCodePage);
define('fieldcast-wait-page', FieldcastWaitPage);
define('fieldcast-lot-page', FieldcastLotPage);
define('fieldcast-coupon-form', FieldcastCouponForm);
define('fieldcast-coupon-tools', FieldcastCouponTools);
define('fieldcast-draw-form', FieldcastDrawForm);
define('fieldcast-draw-tools', FieldcastDrawTools);
define('fieldcast-group-form', FieldcastGroupForm);
define('fieldcast-auction-form', FieldcastAuctionForm);
define('fieldcast-auction-tools', FieldcastAuctionTools);
define('fieldcast-studio-promotions', FieldcastStudioPromotions);
define('fieldcast-offers', FieldcastOffers);

export { FieldcastOffers } from './fieldcast-offers.ts';
