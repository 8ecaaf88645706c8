import { describe, expect, it } from 'vitest';
import { bank } from '../../../quiz/bank.ts';
import type { PredictQuestion } from '../../../quiz/format.ts';
import { finely, figureOf, truthText } from './truth.ts';

const predict = bank.filter((one): one is PredictQuestion => one.kind === 'predict');
const asking = (figure: string, of: 'value' | 'ratio' | 'difference', unit: string): PredictQuestion => ({
  ...predict[0],
  measure: { figure, of, unit },
});

describe('the truth of a prediction', () => {
  it('has the unit of its figure, and the words of the question', () => {
    expect(truthText(asking('endHitRate', 'value', 'of the requests are hits'), 0.40007)).toBe(
      '40\u00a0% of the requests are hits',
    );
    expect(truthText(asking('endMeanMs', 'value', 'ms'), 240.78)).toBe('Last-minute mean 241\u00a0ms');
    expect(truthText(asking('p95Ms', 'value', 'ms'), 60_000)).toBe('p95 response 60\u00a0s');
    expect(truthText(asking('costUsd', 'value', '$'), 301.708)).toBe('Model cost $301.71');
    expect(truthText(asking('failed', 'ratio', 'times as many failures'), 0.128371)).toBe(
      '0.128 times as many failures',
    );
    expect(truthText(asking('costUsd', 'ratio', '×'), 1.1329)).toBe('Model cost × 1.13');
    expect(truthText(asking('hitRate', 'difference', 'more of the requests are hits'), -0.0204)).toBe(
      '−2.04 percentage points more of the requests are hits',
    );
    expect(truthText(asking('costUsd', 'ratio', '×'), NaN)).toBe('Model cost: –');
  });

  it('is fine enough for what is rare', () => {
    expect(finely(0.0000862, { unit: 'share' })).toBe('0.0086\u00a0%');
    expect(finely(11_640, { unit: 'count' })).toBe('11,640');
    expect(finely(3184, { unit: 'ms' })).toBe('3.18\u00a0s');
  });

  it('speaks of every figure of the bank by a name of its own', () => {
    for (const { id, measure } of predict) {
      const { label } = figureOf(measure.figure);
      expect(label, id).not.toBe(measure.figure);
      expect(truthText(asking(measure.figure, measure.of, measure.unit), 0.5), id).toMatch(/\d/);
    }
  });
});
