// npm run build: the product as one folder, .next/standalone, that runs with Node alone.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { root } from './setup.mjs';

const output = process.env.NEXT_DIST_DIR ?? '.next';
const { status } = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
  cwd: root,
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', POSTHORN_PACKED: '1' },
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (status !== 0) process.exit(status ?? 1);

// next.config.js gives these to browsers that take brotli. Quality 11, Node's default, costs some seconds here and none later.
const statics = join(root, output, 'static');
for (const name of readdirSync(statics, { recursive: true })) {
  if (!/\.(js|css)$/.test(name)) continue;
  writeFileSync(join(statics, `${name}.br`), brotliCompressSync(readFileSync(join(statics, name))));
}

// Next leaves what browsers fetch out of the folder, for those who serve it from elsewhere.
const standalone = join(root, output, 'standalone');
cpSync(statics, join(standalone, output, 'static'), { recursive: true });
if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
