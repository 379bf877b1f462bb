// npm start: runs the build of npm run build. Next's server works in its own folder, which the next build empties; so
// paths of the environment are taken from where the person stands, and data stays outside.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, stop } from './setup/run.mjs';

const server = join(root, '.next/standalone/server.js');
if (!existsSync(server)) stop('Posthorn is not built yet. Please run: npm run build');

const paths = Object.keys(process.env).filter((name) =>
  /^(AUTH_SECRET|DATABASE_URL|METRICS_TOKEN|MAIL_SERVERS|MAIL_CA)_FILE$/.test(name),
);
for (const name of paths) if (process.env[name]) process.env[name] = resolve(process.env[name]);
process.env.DATA_DIR = resolve(process.env.DATA_DIR || 'data');
await import(pathToFileURL(server).href);
