/** Adds up what the test tools report. A tool that fails without a report counts as one failure. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * A check that can only pass or fail as a whole.
 * @param {number} code exit code
 * @returns {Counts}
 */
export const countOfStep = (code) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 });

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export const addCounts = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** @param {Counts} counts */
export const sumLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

/**
 * @param {any} report of Vitest's JSON reporter
 * @param {number} code
 * @returns {Counts}
 */
export function countsOfVitest(report, code) {
  if (!report) return countOfStep(1);
  // A file that can't be loaded fails without a single test in it.
  const broken = report.testResults.filter(
    (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return atLeastOneFailure(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/**
 * @param {any} report of Playwright's JSON reporter
 * @param {number} code
 * @returns {Counts}
 */
export function countsOfPlaywright(report, code) {
  if (!report) return countOfStep(1);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return atLeastOneFailure(code, { passed: expected + flaky, failed: unexpected, skipped });
}

/**
 * An exit code other than 0 is a failure, even when every test passed (an error outside of the tests); and so are
 * no tests at all.
 * @param {number} code
 * @param {Counts} counts
 * @returns {Counts}
 */
function atLeastOneFailure(code, counts) {
  const wrong = code !== 0 || counts.passed + counts.failed === 0;
  return wrong && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
