import * as v from 'valibot';

const value = v.union([v.boolean(), v.number(), v.string(), v.null()]);

/**
 * A lever is data: a name, a reason, and the live setting it moves. The page draws the row from it, the command line
 * takes `lever=value`, and the tuner will search over it.
 */
export const leverSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]*$/, 'a camelCase identifier')),
  group: v.picklist(['cache', 'cost', 'latency']),
  label: v.string(),
  /** One line: what it does to the system. */
  reason: v.string(),
  level: v.optional(v.picklist(['l1', 'l2', 'l3', 'l4'])),
  control: v.variant('kind', [
    v.strictObject({
      kind: v.literal('switch'),
      path: v.string(),
      on: v.optional(value, true),
      off: v.optional(value, false),
    }),
    v.strictObject({
      kind: v.literal('choice'),
      path: v.string(),
      options: v.array(v.strictObject({ value: v.union([v.string(), v.number()]), label: v.string() })),
    }),
    v.strictObject({ kind: v.literal('number'), path: v.string() }),
    v.strictObject({ kind: v.literal('action'), path: v.string(), value, label: v.string() }),
  ]),
  /**
   * The number beside the switch. Shown = setting × scale. When its path is the switch's own path, the switch turned on
   * sets it, and `initial` (in shown units) is what it stands at before.
   */
  param: v.optional(
    v.strictObject({
      path: v.string(),
      unit: v.string(),
      min: v.number(),
      max: v.number(),
      step: v.optional(v.number(), 1),
      scale: v.optional(v.number(), 1),
      initial: v.optional(v.number()),
    }),
  ),
});

export type LeverSettings = v.InferOutput<typeof leverSchema>;
