import { batching } from '../../../engine/scenarios/batching.ts';
import { applyOverrides } from '../../../engine/simulation/overrides.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import { Simulation } from '../../../engine/simulation/simulation.ts';
import type { CurveFigure, KnobValues, Panel } from '../format.ts';

const SEED = 1;
const RUN_S = 30;
const WARM_UP_S = 5;
const WIDEST_MS = 150;
const POINTS = 15;
/** Texts a second. Four workers of 105 ms a text can do 38. */
const [BUSY_PER_S, CALM_PER_S] = [60, 5];

const base = parseScenario({ ...batching, events: [], presets: {}, durationS: RUN_S, warmupS: WARM_UP_S });

/** Mean time of a text, gathering included, milliseconds. */
function meanMs(windowMs: number, ratePerS: number, { workers, callMs }: KnobValues): number {
  const scenario = applyOverrides(base, [
    { path: 'load.ratePerS', value: ratePerS },
    { path: 'stations.model.servers', value: workers },
    { path: 'stations.model.service.meanMs', value: callMs },
    { path: 'stations.model.batch.on', value: windowMs > 0 },
    { path: 'stations.model.batch.windowMs', value: windowMs },
  ]);
  const { recorder } = new Simulation(scenario, SEED).run().world;
  return recorder.window(WARM_UP_S, RUN_S).meanMs;
}

/** The least window that is as good as the best, but for a fiftieth. */
export function bestWindow({ x, lines }: Panel, line: number): { windowMs: number; ms: number } {
  const { y } = lines[line];
  const at = y.findIndex((ms) => ms <= 1.02 * Math.min(...y));
  return { windowMs: x[at], ms: y[at] };
}

/** Over this a run of such length has not settled, and its mean says only how long it was. */
const GROWS_MS = 2000;

export const figure: CurveFigure = {
  kind: 'curve',
  x: { label: 'window', unit: 'ms', from: 0, to: WIDEST_MS, points: POINTS },
  y: { label: 'Mean time of a text', unit: 'ms', max: 400 },
  knobs: [
    { name: 'workers', label: 'Workers', unit: '', min: 2, max: 8, step: 1, value: 4 },
    { name: 'callMs', label: 'A call takes', unit: 'ms', min: 20, max: 200, step: 10, value: 100 },
  ],
  lines: [
    { label: `${BUSY_PER_S} texts a second`, tier: 'model', of: (x, knobs) => meanMs(x, BUSY_PER_S, knobs) },
    { label: `${CALM_PER_S} texts a second`, tier: 'l2', of: (x, knobs) => meanMs(x, CALM_PER_S, knobs) },
  ],
  title: ({ panels: [panel] }) => {
    const busy = bestWindow(panel, 0);
    const calm = bestWindow(panel, 1);
    const alone = panel.lines[0].y[0];
    const least = calm.windowMs === 0 ? 'it is best not to wait' : `${calm.windowMs} ms is best`;
    return busy.windowMs === 0
      ? `With workers to spare, a window only adds to the wait, at ${BUSY_PER_S} texts a second and at ${CALM_PER_S}.`
      : `At ${BUSY_PER_S} texts a second a window of ${busy.windowMs} ms ${
          alone > GROWS_MS ? 'ends a queue that grows' : `saves ${Math.round(alone - busy.ms)} ms`
        }. At ${CALM_PER_S} a second ${least}.`;
  },
  caption: `Each point is a run of ${RUN_S} s. A call takes its time and 5 ms for each text in it, at most 16.`,
  open: { href: '?scenario=batching#/', words: 'Batch in the lab' },
};
