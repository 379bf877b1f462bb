import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Real servers are started per file and often waited for: two cores carry three at once, a sixth sooner than two.
    maxWorkers: 3,
    // As in playwright.config.ts; the report says which test was tried again.
    retry: 1,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
