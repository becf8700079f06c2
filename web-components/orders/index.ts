// Owns the registration of the order desk: loading it registers <fieldcast-orders> and the pages it is made of.
import { define } from '../ui/index.ts';
import { FieldcastOrders } from './fieldcast-orders.ts';
import { FieldcastOrdersImport } from './import-page.ts';
import { FieldcastOrdersPacking } from './packing-page.ts';
import { FieldcastOrdersRecord } from './record-page.ts';
import { FieldcastOrdersWebhook } from './webhook-page.ts';

define('fieldcast-orders-packing', FieldcastOrdersPacking);
define('fieldcast-orders-import', FieldcastOrdersImport);
define('fieldcast-orders-record', FieldcastOrdersRecord);
define('fieldcast-orders-webhook', FieldcastOrdersWebhook);
define('fieldcast-orders', FieldcastOrders);

export { FieldcastOrders } from './fieldcast-orders.ts';
