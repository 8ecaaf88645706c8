import * as v from 'valibot';

const positive = v.pipe(v.number(), v.finite('a finite number'), v.gtValue(0, 'a number above 0'));
const nonNegative = v.pipe(v.number(), v.finite('a finite number'), v.minValue(0, 'a number of 0 or more'));
const share = v.pipe(v.number(), v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));

/** A law of times; see `Law` in core/distributions for what each means. */
export const lawSchema = v.variant('law', [
  v.strictObject({ law: v.literal('constant'), meanMs: nonNegative }),
  v.strictObject({ law: v.literal('exponential'), meanMs: positive }),
  v.strictObject({
    law: v.literal('lognormal'),
    meanMs: positive,
    sigma: v.pipe(nonNegative, v.maxValue(5, 'a sigma from 0 to 5')),
  }),
  v.strictObject({
    law: v.literal('erlang'),
    meanMs: positive,
    shape: v.pipe(
      v.number(),
      v.integer('a whole number'),
      v.minValue(1, 'at least 1'),
      v.maxValue(1000, 'at most 1000'),
    ),
  }),
  v.strictObject({
    law: v.literal('hyperexponential'),
    phases: v.pipe(
      v.array(v.strictObject({ share, meanMs: positive })),
      v.minLength(1, 'at least one phase'),
      v.check(
        (phases) => Math.abs(phases.reduce((sum, p) => sum + p.share, 0) - 1) < 1e-9,
        'phases whose shares add up to 1',
      ),
    ),
  }),
  v.strictObject({
    law: v.literal('empirical'),
    valuesMs: v.pipe(v.array(nonNegative), v.minLength(1, 'at least one value')),
    weights: v.optional(v.array(nonNegative)),
  }),
]);
