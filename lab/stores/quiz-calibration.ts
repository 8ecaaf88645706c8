/** What a learner's degrees of confidence are worth. docs/quiz.md has the shares that the words are taken for. */
import { CONFIDENCES, type Confidence } from '../../quiz/grading.ts';
import type { AnswerRecord } from './quiz-saved.ts';

export interface Calibration {
  confidence: Confidence;
  right: number;
  of: number;
}

/** How often the learner was right at each degree of confidence, in the last `most` first answers that had one. */
export function calibration(first: readonly AnswerRecord[], most = 30): Calibration[] {
  const said = first.filter(({ confidence }) => confidence !== null).slice(-most);
  return CONFIDENCES.map((confidence) => {
    const those = said.filter((one) => one.confidence === confidence);
    return { confidence, right: those.filter(({ right }) => right).length, of: those.length };
  });
}

/** The share of right answers that each word promises. */
const PROMISED: Record<Confidence, number> = { guess: 0.3, unsure: 0.6, fairly: 0.8, certain: 0.95 };
/** Fewer answers than this say nothing of how well somebody is calibrated. */
const LEAST_SAID = 6;
const LEAST_AT_ONE = 4;
/** A gap between promise and share that is worth a word. */
const GAP = 0.1;

export interface Judgement {
  /** Answers that were fairly sure or certain, and how many of them were right. */
  sure: { right: number; of: number };
  /** Undefined as long as too few degrees were said. */
  overall: 'well' | 'bold' | 'timid' | undefined;
  /** The degree with the widest gap, where there is one worth a word. */
  at: { confidence: Confidence; is: 'bold' | 'timid' } | undefined;
}

export function judged(rows: readonly Calibration[]): Judgement {
  const surely = rows.filter(({ confidence }) => PROMISED[confidence] >= PROMISED.fairly);
  const sum = (of: readonly Calibration[], what: 'right' | 'of') =>
    of.reduce((all, one) => all + one[what], 0);
  const sure = { right: sum(surely, 'right'), of: sum(surely, 'of') };
  const said = sum(rows, 'of');
  if (said < LEAST_SAID) return { sure, overall: undefined, at: undefined };
  const gaps = rows
    .filter(({ of }) => of >= LEAST_AT_ONE)
    .map(({ confidence, right, of }) => ({ confidence, gap: PROMISED[confidence] - right / of }))
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
  const overall =
    rows.reduce((all, { confidence, of }) => all + PROMISED[confidence] * of, 0) - sum(rows, 'right');
  const widest = gaps[0];
  return {
    sure,
    overall: Math.abs(overall) <= GAP * said ? 'well' : overall > 0 ? 'bold' : 'timid',
    // Rounding of binary fractions must not decide: 0.8 − 0.7 is a gap.
    at:
      widest && Math.abs(widest.gap) >= GAP - 1e-9
        ? { confidence: widest.confidence, is: widest.gap > 0 ? 'bold' : 'timid' }
        : undefined,
  };
}
