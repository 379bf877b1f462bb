import { createMaildropContents } from '../store/contents.ts';
import { config } from './config.ts';
import { live } from './live.ts';
import { store } from './store.ts';

/** Where this installation keeps the bytes of messages and of files that wait to be sent. */
export const contents = () => live('contents', () => createMaildropContents(config(), store));
