// Owns the export list of the contract between server and browser.
export * from './access.ts';
export * from './chat.ts';
export * from './commands.ts';
export * from './endpoint.ts';
export * as endpoints from './endpoints.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './gate.ts';
export * from './ids.ts';
export * from './media.ts';
export * from './money.ts';
export * from './order.ts';
export * from './programme.ts';
export * from './replay.ts';
export * from './shop.ts';
export * from './show.ts';
export * from './text.ts';
