import { count, milliseconds, plainSpan } from '../../format.ts';
import { greatest, roomFor, type ChartContext, type ChartDefinition } from '../definition.ts';

/** A plateau is named when the middle and the slowest requests lie this close to the time of all time-outs. */
const SAME = 0.02;

const longest = ({ setting }: ChartContext): { ms: number; tries: number; timeoutMs: number } | undefined => {
  const timeoutMs = setting('caller.timeoutMs');
  const retries = setting('caller.retries');
  if (typeof timeoutMs !== 'number' || typeof retries !== 'number') return undefined;
  return { ms: timeoutMs * (retries + 1), tries: retries + 1, timeoutMs };
};

export const response: ChartDefinition = {
  id: 'response',
  title: 'Response time',
  note: () => 'log scale',
  heightPx: { wide: 164, narrow: 170 },
  log: true,
  series: (palette) => [
    { stroke: palette['ink-3'], width: 1 },
    // Dots: where one request in twenty misses, the 95th percentile leaps between a hit and a miss each second.
    {
      stroke: palette['ink-3'],
      paths: () => null,
      points: { show: true, size: 2, width: 0, fill: palette['ink-2'] },
    },
    { stroke: palette['ink-2'], width: 1.25 },
    { stroke: palette.ink, width: 2.5 },
  ],
  values: ({ p50Ms, p95Ms, p99Ms, meanMs }) => [p50Ms, p95Ms, p99Ms, meanMs],
  ghost: ({ meanMs }) => meanMs,
  ranges: (context) => {
    const top = Math.max(
      longest(context)?.ms ?? 0,
      greatest(context.readings, ({ p99Ms }) => p99Ms),
      1000,
    );
    return { y: [1, Math.max(30_000, roomFor(top * 1.5, 1000))] };
  },
  splits: (low, high) => [1, 10, 100, 1000, 10_000, 100_000].filter((ms) => ms >= low && ms <= high),
  axisText: (ms) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`),
  under: (pen, { scenario, palette }) => {
    const slo = scenario.objectives.meanMs;
    if (slo !== undefined) pen.fill(palette.hover, 0.55, pen.left, pen.y(slo), pen.right, pen.bottom);
  },
  labels: (pen, context) => {
    const { palette, scenario, readings, latest, nowS, narrow } = context;
    const slo = scenario.objectives.meanMs;
    if (slo !== undefined) {
      const y = pen.horizontal(slo, palette.ink);
      pen.label(
        `target ${milliseconds(slo)}`,
        [
          { x: pen.right - 4, y: y - 9, align: 'right' },
          { x: pen.right - 4, y: y + 10, align: 'right' },
        ],
        palette.ink,
        600,
      );
    }
    const all = longest(context);
    if (
      all &&
      latest?.p50Ms &&
      latest.meanMs &&
      Math.abs(latest.p50Ms / all.ms - 1) < SAME &&
      Math.abs(latest.meanMs / all.ms - 1) < SAME
    ) {
      const sum = `${all.tries} × ${plainSpan(all.timeoutMs / 1000)}`;
      const text = narrow
        ? `${milliseconds(all.ms)} = ${sum}`
        : `all requests: ${milliseconds(all.ms)} = ${all.tries} tries × ${plainSpan(all.timeoutMs / 1000)}`;
      const y = pen.y(all.ms);
      pen.label(
        text,
        [
          { x: pen.x(nowS) + 8, y },
          { x: pen.x(nowS) - 8, y: y + 14, align: 'right' },
        ],
        palette.ink,
        600,
      );
    }
    const early = readings.find(({ atS }) => pen.x(atS) >= pen.left + 4);
    if (!early) return;
    const x = pen.left + 4;
    for (const [name, ms, weight] of [
      ['mean', early.meanMs, 650],
      ['p99', early.p99Ms, 500],
      ['p50', early.p50Ms, 500],
      ['p95', early.p95Ms, 500],
    ] as const) {
      if (ms === null) continue;
      const y = pen.y(ms);
      const [first, second] = name === 'p95' ? [10, -9] : [-9, 10];
      pen.label(
        name,
        [
          { x, y: y + first },
          { x, y: y + second },
          { x: x + 32, y: y + first },
        ],
        name === 'mean' ? palette.ink : palette['ink-2'],
        weight,
      );
    }
  },
  legend: ({ p50Ms, p95Ms, p99Ms, meanMs }) => [
    { name: 'p50', value: milliseconds(p50Ms) },
    { name: 'p95', value: milliseconds(p95Ms) },
    { name: 'p99', value: milliseconds(p99Ms) },
    { name: 'mean', value: milliseconds(meanMs) },
  ],
  describe: ({ p50Ms, p99Ms, meanMs }, { scenario }) => {
    const slo = scenario.objectives.meanMs;
    const against =
      slo === undefined || meanMs === null
        ? ''
        : `; target ${milliseconds(slo)}, ${count(meanMs / slo)} times that`;
    return `Response time on a log scale. Now mean ${milliseconds(meanMs)}, half within ${milliseconds(p50Ms)}, 99 percent within ${milliseconds(p99Ms)}${against}.`;
  },
};
