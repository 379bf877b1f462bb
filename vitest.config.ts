import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/test/longest-first.ts';

/** Tests that start no servers and leave nothing behind: a process of its own for each file costs more than most of them. */
const together = [
  'lib/{text,client,contract}/**/*.test.ts',
  'lib/mail/*.test.ts',
  'lib/mail/{query,trace}/**/*.test.ts',
  // Those two measure the memory of their process.
  'lib/mail/mime/!(bombs|hostile).test.ts',
  'components/**/*.test.ts',
];

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    // Real servers are started per file and often waited for: two cores carry three at once, a sixth sooner than two.
    maxWorkers: 3,
    // As in playwright.config.ts; the report says which test was tried again.
    retry: 1,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ['lib/**/*.test.ts', 'scripts/**/*.test.ts'], exclude: together },
      },
      { extends: true, test: { name: 'together', isolate: false, include: together } },
    ],
  },
});
