// Owns the entry of the bundle fieldcast-money.js: loading it registers <fieldcast-money>, <fieldcast-door>, <fieldcast-payback> and the pages they are made of.
import { define } from '../ui/index.ts';
import { FieldcastDoor } from './fieldcast-door.ts';
import { FieldcastMoney } from './fieldcast-money.ts';
import { FieldcastRisk } from './fieldcast-risk.ts';
import { FieldcastPayback, leftMinor } from './fieldcast-payback.ts';
import { FieldcastMoneyCouriers } from './money-couriers.ts';
import { FieldcastMoneyDay } from './money-day.ts';
import { FieldcastMoneyDelivery } from './money-delivery.ts';
import { FieldcastMoneyRefusals } from './money-refusals.ts';
import { FieldcastMoneyWays } from './money-ways.ts';

define('fieldcast-money-day', FieldcastMoneyDay);
define('fieldcast-money-ways', FieldcastMoneyWays);
define('fieldcast-money-delivery', FieldcastMoneyDelivery);
define('fieldcast-money-couriers', FieldcastMoneyCouriers);
define('fieldcast-money-refusals', FieldcastMoneyRefusals);
define('fieldcast-risk', FieldcastRisk);
define('fieldcast-door', FieldcastDoor);
define('fieldcast-payback', FieldcastPayback);
define('fieldcast-money', FieldcastMoney);

export { FieldcastDoor } from './fieldcast-door.ts';
export { FieldcastMoney } from './fieldcast-money.ts';
export { leftMinor };
