// Owns the types of stun.mjs for tests written in TypeScript.
export function bindingRequest(request: {
  username: string;
  password: string;
  transactionId: Uint8Array;
  priority?: number;
  tieBreaker: Uint8Array;
}): Buffer;
export function isStun(packet: Uint8Array): boolean;
