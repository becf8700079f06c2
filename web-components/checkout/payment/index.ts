// Owns the export list of paying an order: a file of its own, loaded when somebody has to pay before the order is placed.
export { FieldcastPayment } from './fieldcast-payment.ts';
