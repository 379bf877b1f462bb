// npm run build: the product as one folder, .next/standalone, that runs with Node alone.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const output = process.env.NEXT_DIST_DIR ?? '.next';
const { status } = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
  cwd: root,
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (status !== 0) process.exit(status ?? 1);

// Next leaves what browsers fetch out of the folder, for those who serve it from elsewhere.
const standalone = join(root, output, 'standalone');
cpSync(join(root, output, 'static'), join(standalone, output, 'static'), { recursive: true });
if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
