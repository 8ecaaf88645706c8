import { describe, expect, it } from 'vitest';
import type { Calibration } from '../../stores/quiz-calibration.ts';
import { calibrationText } from './words.ts';

const rows = (...counts: [right: number, of: number][]): Calibration[] =>
  (['guess', 'unsure', 'fairly', 'certain'] as const).map((confidence, i) => ({
    ...{ confidence, right: counts[i][0], of: counts[i][1] },
  }));

describe('the sentence on calibration', () => {
  it('counts what was sure, and says where it is off', () => {
    expect(calibrationText(rows([2, 6], [5, 8], [7, 10], [6, 6]))).toBe(
      'You were sure of 16, right in 13. You are well calibrated, a little bold at “fairly sure”.',
    );
  });

  it('only counts after a few, and is silent after none', () => {
    expect(calibrationText(rows([0, 0], [0, 0], [1, 2], [0, 0]))).toBe('You were sure of 2, right in 1.');
    expect(calibrationText(rows([0, 0], [0, 0], [0, 0], [0, 0]))).toBe('');
  });

  it('goes without the count where nothing was sure', () => {
    expect(calibrationText(rows([6, 6], [0, 0], [0, 0], [0, 0]))).toBe(
      'You know more than you say, a little timid at “guess”.',
    );
  });
});
