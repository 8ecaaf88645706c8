import { hedging } from '../../../engine/scenarios/hedging.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import type { Panel, RunFigure } from '../format.ts';

const SURGE_FROM_S = 45;
const END_S = 105;
/** Until a stretch has settled. */
const BEGUN_S = 10;
/** What the end of the run is judged by. */
const LAST_S = 20;
const PROMISED_MS = hedging.objectives!.p99Ms!;

/** p99 of the last ten seconds, milliseconds. */
function p99(run: Simulation): Float64Array {
  const { recorder } = run.world;
  return Float64Array.from({ length: recorder.closed }, (_, i) =>
    recorder.latencies(Math.max(0, i - 9), i + 1).quantile(0.99),
  );
}

const calm = (run: Simulation) => run.world.recorder.window(BEGUN_S, SURGE_FROM_S);
const surge = (run: Simulation) => run.world.recorder.window(END_S - LAST_S, END_S);

/** Mean of the line over a stretch. */
export function mean({ x, lines: [{ y }] }: Panel, fromS: number, toS: number): number {
  const part = y.filter((_, i) => x[i] >= fromS && x[i] < toS);
  return part.reduce((a, b) => a + b, 0) / part.length;
}
export const CALM = [BEGUN_S, SURGE_FROM_S] as const;
export const BUSY = [END_S - LAST_S, END_S] as const;

const words = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms / 10) * 10} ms` : `${(ms / 1000).toFixed(1)} s`;

export const figure: RunFigure = {
  kind: 'run',
  scenario: hedging,
  seed: 1,
  untilS: END_S,
  knobs: [
    { name: 'load', label: 'Then the load is', unit: '×', min: 1.2, max: 2.6, step: 0.1, value: 2.5 },
    { name: 'delayMs', label: 'The eager delay', unit: 'ms', min: 10, max: 400, step: 10, value: 50 },
  ],
  panels: [
    { title: 'Ask once', hedge: () => ({ on: false }) },
    { title: 'Twice after the p95, 5 % at most', hedge: () => ({ on: true }) },
    {
      title: 'Twice when eager, no cap',
      hedge: (delayMs: number) => ({ on: true, delayMs, maxExtraShare: null }),
    },
  ].map(({ title, hedge }) => ({
    title,
    overrides: ({ load, delayMs }) => [
      {
        path: 'events.0',
        value: { at: SURGE_FROM_S, label: 'More load', kind: 'surge', set: { 'load.factor': load } },
      },
      { path: 'caller.hedge', value: hedge(delayMs) },
    ],
  })),
  y: { label: 'p99 of ten seconds', unit: 'ms', max: 2000 },
  lines: [{ label: 'p99', tier: 'model', style: 'line', of: p99 }],
  levels: () => [{ label: `promised, ${PROMISED_MS} ms`, y: PROMISED_MS }],
  bands: () => [{ label: 'more load', fromS: SURGE_FROM_S, toS: END_S }],
  verdict: (_, run) => {
    const before = calm(run).p99Ms;
    const after = surge(run);
    return {
      good: Math.max(before, after.p99Ms) <= PROMISED_MS && after.errorRate < 0.001,
      words: `${words(before)}, then ${words(after.p99Ms)}`,
      note: after.errorRate > 0.001 ? `${Math.round(after.errorRate * 100)} % fail under load` : '',
    };
  },
  title: ({ panels, knobs }) => {
    const [once, , eager] = panels.map((panel) => mean(panel, ...BUSY));
    const [from, to] = [panels[0], panels[1]].map(({ verdict }) => verdict!.words.split(',')[0]);
    const cut = `A second call cuts the p99 to ${to}, from ${from}.`;
    if (eager > 2 * once)
      return `${cut} Eager and without a cap, it brings the service down at ${knobs.load} times the load.`;
    if (eager > once)
      return `${cut} Eager and without a cap, it costs more than it saves at ${knobs.load} times the load.`;
    return `${cut} At ${knobs.load} times the load there is room even for the eager ones.`;
  },
  caption:
    'Three calls in a hundred take a second, the others 40 ms. The same arrivals in every panel; more of them in the shaded half.',
  open: { href: '?scenario=hedging#/', words: 'Ask twice in the lab' },
};
