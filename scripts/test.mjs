// npm test: everything that must hold, in the order in which it is quickest to fail. `npm test -- unit browser` runs
// some of it: setup of programs and packages always comes first.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unpackCourier } from './setup/courier.mjs';
import { root, setUp } from './setup.mjs';
import { countBrowser, countStep, countUnit, failedBrowser, failedUnit } from './test/count.mjs';

setUp('test');
unpackCourier();

const results = join(root, 'test-results');
const unitFile = join(results, 'unit.json');
const browserFile = join(results, 'browser.json');
const steps = [
  {
    name: 'types',
    run: [
      ['node_modules/next/dist/bin/next', 'typegen'],
      ['node_modules/typescript/bin/tsc', '--noEmit'],
    ],
  },
  { name: 'lint', run: [['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']] },
  { name: 'floors', run: [['scripts/floors.mjs']] },
  { name: 'unused', run: [['node_modules/knip/bin/knip.js']] },
  {
    name: 'unit',
    run: [
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${unitFile}`,
      ],
    ],
    count: () => countUnit(unitFile),
    failures: () => failedUnit(unitFile),
  },
  {
    name: 'browser',
    run: [['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json']],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserFile },
    count: () => countBrowser(browserFile),
    failures: () => failedBrowser(browserFile),
  },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`npm test knows ${steps.map(({ name }) => name).join(', ')}; not ${unknown.join(', ')}`);
  process.exit(1);
}

const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n── ${step.name}`);
  for (const file of [unitFile, browserFile]) if (existsSync(file)) rmSync(file);
  const started = Date.now();
  const isDone = step.run.every((command) => run(command, step.environment));
  const counted = countStep(isDone, step.count);
  for (const key of Object.keys(total)) total[key] += counted[key];
  const seconds = ((Date.now() - started) / 1_000).toFixed(0).padStart(4);
  lines.push(
    `${step.name.padEnd(8)} ${seconds} s  ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`,
    ...(step.failures?.() ?? []).map((name) => `  not at once: ${name}`),
  );
}

console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

function run(command, environment) {
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...environment },
  });
  return status === 0;
}
