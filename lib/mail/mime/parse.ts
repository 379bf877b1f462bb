/** Bytes to model, for POP3 and for messages inside messages. */
export type { MimePart } from './content.ts';
export { parseHeaders } from './headers.ts';
export { openPartOf } from './open-part.ts';
export { type ParsedMessage, readMessage } from './read-message.ts';
export { parseStructure } from './structure.ts';
