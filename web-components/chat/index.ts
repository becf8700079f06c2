// Owns the export list of the chat.
export { FieldcastChat } from './fieldcast-chat.ts';
export type { ChatRoom } from './room.ts';
