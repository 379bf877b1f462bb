// npm test: everything that must hold, in the order in which it is quickest to fail.
import { spawnSync } from 'node:child_process';
import { root, setUp } from './setup.mjs';

setUp('test');

const node = (...args) => [process.execPath, ...args];
const steps = [
  ['types', node('node_modules/typescript/bin/tsc', '--noEmit')],
  ['lint and format', node('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings')],
  [
    'who may import whom',
    node(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'app',
      'lib',
      'components',
      'proxy.ts',
      'instrumentation.ts',
    ),
  ],
  ['nothing unused', node('node_modules/knip/bin/knip.js')],
  ['unit and contract', node('node_modules/vitest/vitest.mjs', 'run')],
  ['browser', node('node_modules/@playwright/test/cli.js', 'test')],
];

const only = process.argv.slice(2);
const chosen = only.length === 0 ? steps : steps.filter(([name]) => only.includes(name));
let failed = 0;
for (const [name, [command, ...args]] of chosen) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  const seconds = ((Date.now() - started) / 1_000).toFixed(0);
  console.log(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (status !== 0) failed += 1;
}
console.log(`\nsteps: ${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
