/**
 * What the worker of a simulated run says, read as what it is: text from a realm that the learner's code shares. Nothing is believed but its
 * shape; that the figures are true nobody can say, and so nothing is decided by them.
 */
import * as v from 'valibot';
import { isValue, type Wire } from '../grader/values.ts';

const mostSteps = 2000;
const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(finite, v.minValue(0));
const figure = v.nullable(finite);
const text = v.pipe(v.string(), v.maxLength(5000));
const line = v.pipe(v.array(figure), v.maxLength(mostSteps));

const progress = v.strictObject({
  atS: count,
  share: v.pipe(count, v.maxValue(1)),
  requests: count,
  calls: count,
  callUs: figure,
});

const figures = v.strictObject({
  requests: count,
  meanMs: figure,
  p50Ms: figure,
  p99Ms: figure,
  hitRate: figure,
  errorRate: figure,
  costUsd: finite,
  quality: figure,
});

const end = v.variant('kind', [
  v.strictObject({
    kind: v.literal('report'),
    report: v.strictObject({
      seed: finite,
      fingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
      whole: figures,
      phases: v.pipe(v.array(figures), v.maxLength(20)),
      series: v.strictObject({
        stepS: v.pipe(finite, v.gtValue(0)),
        meanMs: line,
        p99Ms: line,
        hitRate: line,
        errorRate: line,
      }),
      calls: count,
      callUs: figure,
      tookMs: count,
    }),
  }),
  v.strictObject({
    kind: v.literal('fault'),
    fault: v.strictObject({ ...progress.entries, call: text, expected: text, got: text, stack: text }),
  }),
]);

const run = v.string();
const wire = v.custom<Wire>(isValue);

const message = v.variant('kind', [
  v.strictObject({ kind: v.literal('loaded'), run }),
  v.strictObject({ kind: v.literal('progress'), run, progress }),
  v.strictObject({ kind: v.literal('end'), run, end }),
  v.strictObject({
    kind: v.literal('failed'),
    run,
    while: v.picklist(['load', 'run']),
    value: wire,
    stack: text,
  }),
  v.strictObject({
    kind: v.literal('console'),
    run,
    level: v.picklist(['log', 'info', 'warn', 'error', 'debug']),
    parts: v.array(wire),
  }),
]);

export type FromSimulator = v.InferOutput<typeof message>;

/** One message of the worker; undefined when it is none. */
export function readSimulatorMessage(said: string): FromSimulator | undefined {
  let data: unknown;
  try {
    data = JSON.parse(said);
  } catch {
    return undefined;
  }
  const read = v.safeParse(message, data);
  return read.success ? read.output : undefined;
}
