/** Bytes to model, for POP3 and for messages inside messages. */
export type { MimePart } from './content.ts';
export { type MessageHeaders, parseHeaders } from './headers.ts';
export { openPartOf } from './open-part.ts';
export { type ParsedMessage, readMessage } from './read-message.ts';
export type { MessageSource } from './source.ts';
export { parseStructure, type Structure } from './structure.ts';
