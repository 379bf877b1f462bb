import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * What a step comes to: the tests it ran, or itself as one. A step that ended badly counts a failure even where no test
 * of it failed, as when the runner could not start.
 */
export function countStep(isDone, count) {
  const counted = count?.() ?? { passed: isDone ? 1 : 0, failed: isDone ? 0 : 1, skipped: 0 };
  return isDone || counted.failed > 0 ? counted : { ...counted, failed: 1 };
}

/** Vitest's JSON report; null when there is none. */
export function countUnit(file) {
  const report = read(file);
  if (report === null) return null;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The names of the tests that failed in Vitest's JSON report. */
export function failedUnit(file) {
  const files = read(file)?.testResults ?? [];
  return files.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    // A file whose set-up failed has no test to name.
    return (failed.length > 0 || message === '' ? failed : [message]).map(
      (test) => `${relative(process.cwd(), name)}: ${test}`,
    );
  });
}

/** The tests of Playwright's JSON report that failed, and those that passed only at their second try, by name and as what. */
export function failedBrowser(file) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  return (read(file)?.suites ?? []).flatMap(specs).flatMap(({ file, title, tests }) => {
    const isFailed = tests.some(({ status }) => status === 'unexpected');
    const isFlaky = tests.some(({ status }) => status === 'flaky');
    return isFailed || isFlaky ? `e2e/${file}: ${title}${isFailed ? '' : ' (passed at its second try)'}` : [];
  });
}

/** Playwright's JSON report; null when there is none. What passed only at its second try has passed, and is named. */
export function countBrowser(file) {
  const report = read(file);
  if (report === null) return null;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
