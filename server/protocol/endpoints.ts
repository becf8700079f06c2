// Owns the list of HTTP endpoints of the JSON API. Each is its own export, so that a page carries only those it calls.
export * from './endpoints/access.ts';
export * from './endpoints/captions.ts';
export * from './endpoints/chat.ts';
export * from './endpoints/chat-desk.ts';
export * from './endpoints/following.ts';
export * from './endpoints/gate.ts';
export * from './endpoints/orders.ts';
export * from './endpoints/probe.ts';
export * from './endpoints/programme.ts';
export * from './endpoints/questions.ts';
export * from './endpoints/replay.ts';
export * from './endpoints/shop.ts';
export * from './endpoints/shows.ts';
export * from './endpoints/staff-log.ts';
export * from './endpoints/stage.ts';
export * from './endpoints/trust.ts';
export * from './endpoints/uplink.ts';
