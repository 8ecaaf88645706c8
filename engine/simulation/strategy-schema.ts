import * as v from 'valibot';

const settings = v.record(v.string(), v.unknown());

/** A way to save money or time that a scenario can be run with and without: a row of an ablation. */
export const strategySchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]*$/, 'a camelCase identifier')),
  title: v.string(),
  /** Settings by path that turn it off. */
  off: v.pipe(
    settings,
    v.check((off) => Object.keys(off).length > 0, 'at least one setting that turns the strategy off'),
  ),
  /** Settings that turn it on; left out: on is the scenario as it is written. */
  on: v.optional(settings),
});

export type Strategy = v.InferOutput<typeof strategySchema>;
