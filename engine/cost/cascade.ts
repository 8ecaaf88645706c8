import * as v from 'valibot';
import { pow } from '../core/exact-math.ts';

const share = v.pipe(v.number(), v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));
const model = v.pipe(v.string(), v.minLength(1, 'the name of a model'));

/** A small model answers first; when it is not sure, a big one answers again (FrugalGPT, Chen, Zaharia and Zou 2023). */
export const cascadeSchema = v.pipe(
  v.strictObject({
    on: v.optional(v.boolean(), false),
    small: v.optional(model, 'gpt-3.5-turbo'),
    big: v.optional(model, 'gpt-4'),
    /** Least confidence with which the small model's answer stands; 0 never escalates. */
    confidence: v.optional(share, 0.8),
  }),
  v.check((c) => c.small !== c.big, 'two different models'),
);
export type CascadeSettings = v.InferOutput<typeof cascadeSchema>;

/** True when the big model must answer too: a confidence equal to the threshold stands. */
export const escalates = (confidence: number, threshold: number): boolean => confidence < threshold;

/**
 * Mean cost of a request in a cascade: the small model always, the big one for the share that escalates. In the unit of the costs.
 * The first answer is thrown away then, and its time is added: a cascade is slower where it escalates.
 */
export const expectedCost = (small: number, big: number, escalated: number): number =>
  small + escalated * big;

/** Escalated share at which a cascade costs what the big model alone costs; below it the cascade is cheaper. Below 0 never. */
export const breakEven = (small: number, big: number): number => 1 - small / big;

/**
 * Mean cost with a router, which decides before any model runs and so pays for one only.
 * @param toBig share of requests that it sends to the big one; @param router what a decision costs.
 */
export const routerCost = (small: number, big: number, toBig: number, router = 0): number =>
  toBig * big + (1 - toBig) * small + router;

/**
 * The simulator's assumption about how a model errs, used instead of data that nobody has for all models: the share of wrong answers
 * grows in proportion to the complexity of the task, and is 1 − accuracy at the average complexity. At most 1.
 * @param averageComplexity of the tasks on which the accuracy was measured.
 */
export function wrongShare(complexity: number, accuracy: number, averageComplexity = 0.5): number {
  return Math.min(1, ((1 - accuracy) * complexity) / averageComplexity);
}

/**
 * How sure a model is of one answer, 0 … 1: u^((1 − m) / m), where m = 1 − wrongShare.
 *
 * An assumption of the simulator, with two properties to recommend it. It is calibrated: its mean is m, so that when an
 * answer of confidence c is right with chance c, the share of wrong answers is `wrongShare`. And it falls with complexity for
 * each u. Real models are less well calibrated, and mostly too sure: a cascade then keeps more wrong answers than here.
 * @param u uniform in (0, 1).
 */
export function confidenceOf(
  complexity: number,
  accuracy: number,
  u: number,
  averageComplexity = 0.5,
): number {
  const right = 1 - wrongShare(complexity, accuracy, averageComplexity);
  return right > 0 ? pow(u, (1 - right) / right) : 0;
}

/** Share of tasks of one complexity whose confidence is below the threshold t: t^(m / (1 − m)), which solves the law above for u. */
export function escalatedShare(
  complexity: number,
  accuracy: number,
  threshold: number,
  averageComplexity = 0.5,
): number {
  const wrong = wrongShare(complexity, accuracy, averageComplexity);
  if (wrong === 0 || threshold <= 0) return 0;
  return threshold >= 1 ? 1 : pow(threshold, (1 - wrong) / wrong);
}

/**
 * Share of tasks of one complexity that the small model answers wrongly and keeps: the mean of 1 − c over confidences c from
 * the threshold t up, which is 1 − m − t^b + m t^(b + 1) with b = m / (1 − m).
 */
export function keptWrongShare(
  complexity: number,
  accuracy: number,
  threshold: number,
  averageComplexity = 0.5,
): number {
  const wrong = wrongShare(complexity, accuracy, averageComplexity);
  const below = escalatedShare(complexity, accuracy, threshold, averageComplexity);
  return Math.max(0, wrong - below + (1 - wrong) * below * threshold);
}
