/** What a check is: something that theory or a publication says, what the engine does, and whether the two agree. */

/** One figure of a check, as expected and as measured, in the check's unit. */
export interface CheckPoint {
  /** Of a line of the chart: points of one series belong together. */
  series: string;
  /** Where it stands, as words: "80 % busy". */
  label: string;
  /** Where it stands on the chart. */
  x: number;
  expected: number;
  measured: number;
  /** Half of the confidence interval at 99.99 %; 0 for a figure that no dice enter. */
  halfWidth: number;
  /** What expected and measured may differ by beside that: the theory's own inexactness. */
  slack: number;
  holds: boolean;
}

export interface CheckResult {
  points: CheckPoint[];
  /** Whether every point holds. */
  holds: boolean;
}

export const GROUPS = [
  { id: 'queues', title: 'Queues against queueing theory' },
  { id: 'caches', title: 'Caches against theory and published misses' },
  { id: 'redis', title: 'Redis against a real Redis' },
  { id: 'same', title: 'The same run everywhere' },
] as const;

/** A check yields the share done, from 0 to 1, often enough that whoever runs it can stop in between. */
export type CheckRun = Generator<number, CheckResult>;

export interface Check {
  id: string;
  group: (typeof GROUPS)[number]['id'];
  title: string;
  /** What is expected, and why, in a sentence or two. */
  says: string;
  /** The formula or the publication. */
  source: string;
  /** `text` goes behind a number: " ms", " %". Figures are shown with three digits. */
  y: { title: string; unit: string };
  x: { title: string; unit: string; log?: boolean };
  run(): CheckRun;
}

/** Runs a check to its end. */
export function finish(run: CheckRun): CheckResult {
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

export const resultOf = (points: CheckPoint[]): CheckResult => ({
  points,
  holds: points.length > 0 && points.every(({ holds }) => holds),
});
