// npm run demo (and, with --dev, npm run dev): a mail server full of sample mail, and the product in front of it.
import { setUp } from './setup.mjs';

setUp('demo');
const { register } = await import('tsx/esm/api');
register();
const { demo } = await import('./demo.ts');
await demo({ isDevelopment: process.argv.includes('--dev') });
