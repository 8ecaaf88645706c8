import { describe, expect, test } from 'vitest';
import { countsOfPlaywright, countsOfVitest, sumLine } from './counts.mjs';

const vitest = (passed: number, failed: number, files: object[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: files,
});

describe('the sum of a run', () => {
  test('counts tests, whatever became of them', () => {
    expect(countsOfVitest(vitest(3, 2), 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
    expect(countsOfPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } }, 1)).toEqual({
      passed: 4,
      failed: 1,
      skipped: 2,
    });
  });

  test('a file that could not be loaded is one failure', () => {
    const files = [{ status: 'failed', assertionResults: [] }];
    expect(countsOfVitest(vitest(3, 0, files), 1).failed).toBe(1);
  });

  test('an error outside of the tests is one failure', () => {
    expect(countsOfVitest(vitest(3, 0), 1).failed).toBe(1);
  });

  test('no report, and no tests, are one failure each', () => {
    expect(countsOfVitest(undefined, 0).failed).toBe(1);
    expect(countsOfPlaywright(undefined, 1).failed).toBe(1);
    expect(
      countsOfPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }, 0).failed,
    ).toBe(1);
  });

  test('is one line', () => {
    expect(sumLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(sumLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
