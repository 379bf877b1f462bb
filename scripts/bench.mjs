// npm run bench: what every action costs, beside the bare IMAP exchange in the same run.
import { setUp } from './setup.mjs';

setUp('test');
const { register } = await import('tsx/esm/api');
register();
await import('../bench/run.ts');
