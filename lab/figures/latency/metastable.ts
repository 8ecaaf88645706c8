import type { ScenarioInput } from '../../../engine/simulation/scenario.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import { stableRatePerS } from '../../../engine/simulation/theory.ts';
import { column, perSecond } from '../columns.ts';
import type { FigureData, KnobValues, RunFigure } from '../format.ts';

/** Ten servers of 100 ms each. */
const CAPACITY_PER_S = 100;
const SURGE = { fromS: 60, toS: 120 };
const END_S = 360;

/** One pool and callers who leave after three seconds and ask again at once. Their old call stays queued. */
const pool: ScenarioInput = {
  name: 'retry-storm',
  durationS: END_S,
  intervalS: 1,
  load: { ratePerS: 35 },
  path: ['pool'],
  stations: { pool: { servers: 10, service: { law: 'exponential', meanMs: 100 } } },
  caller: { timeoutMs: 3000 },
  events: [
    { at: SURGE.fromS, label: 'Surge', kind: 'surge', set: { 'load.factor': 3.2 } },
    { at: SURGE.toS, label: 'Surge ends', kind: 'relief', set: { 'load.factor': 1 } },
  ],
};

const less = (of: Float64Array, part: Float64Array) => of.map((value, i) => value - part[i]);

/** Seconds after the surge from which on at most one request in twenty fails; null: not within the run; 0: none ever failed. */
export function backAfterS(simulation: Simulation): number | null {
  const completed = column(simulation, 'completed');
  const last = column(simulation, 'failed').findLastIndex((failed, s) => failed > 0.05 * completed[s]);
  if (last >= END_S - 10) return null;
  return Math.max(0, last + 1 - SURGE.toS);
}

const words = (seconds: number): string =>
  seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;

/** Share of the pool's capacity, which is a hundred a second, and so calls a second, too. */
const rateOf = ({ load }: KnobValues): number => load;

export const figure: RunFigure = {
  kind: 'run',
  scenario: pool,
  seed: 7,
  untilS: END_S,
  knobs: [
    { name: 'load', label: 'Normal load', unit: '%', min: 20, max: 90, step: 1, value: 35 },
    { name: 'surge', label: 'Surge', unit: '×', min: 1.5, max: 4, step: 0.1, value: 3.2 },
  ],
  panels: [1, 2, 3, 4].map((tries) => ({
    title: tries === 1 ? '1 try' : `${tries} tries`,
    overrides: (knobs) => [
      { path: 'load.ratePerS', value: rateOf(knobs) },
      { path: 'caller.retries', value: tries - 1 },
      { path: 'events.0.set', value: { 'load.factor': knobs.surge } },
    ],
  })),
  y: { label: 'calls a second', unit: '/s', max: 250 },
  lines: [
    {
      label: 'retries',
      tier: 'trouble',
      style: 'area',
      // On top of the first tries, and nothing where there are none.
      of: (run) => {
        const retries = perSecond(run, 'retries');
        return perSecond(run, 'tries').map((tries, i) => (retries[i] > 0 ? tries : NaN));
      },
    },
    {
      label: 'first tries',
      tier: 'model',
      style: 'area',
      of: (run) => less(perSecond(run, 'tries'), perSecond(run, 'retries')),
    },
    {
      label: 'answered in time',
      style: 'line',
      of: (run) => less(perSecond(run, 'completed'), perSecond(run, 'failed')),
    },
  ],
  levels: () => [{ label: `pool capacity, ${CAPACITY_PER_S}/s`, y: CAPACITY_PER_S }],
  bands: () => [{ label: 'surge', ...SURGE }],
  verdict: (_, run) => {
    const tries = run.scenario.caller.retries + 1;
    const load = run.scenario.load.ratePerS;
    const backS = backAfterS(run);
    const note = `${load} × ${tries} = ${load * tries}${load * tries > CAPACITY_PER_S ? ` > ${CAPACITY_PER_S}` : ''}`;
    if (backS !== null)
      return { good: true, note, words: backS === 0 ? 'never in trouble' : `back after ${words(backS)}` };
    const stays = load > stableRatePerS(CAPACITY_PER_S, tries - 1);
    return { good: false, note, words: stays ? 'never comes back' : 'not within 4 min' };
  },
  title: ({ panels, knobs }) => {
    const lost = panels.findIndex(({ verdict }) => !verdict!.good);
    const safe = panels.every(({ verdict }) => verdict!.words === 'never in trouble');
    if (safe) return 'This surge is too small to start a storm, whatever the number of tries.';
    if (lost < 0) return 'At this load the pool comes back, whatever the number of tries.';
    if (lost === 0) return 'At this load even a single try does not come back in time.';
    const fine = ['one try', 'one or two tries', 'up to three tries'][lost - 1];
    const over = rateOf(knobs) * (lost + 1) > CAPACITY_PER_S;
    return `With ${fine} the pool comes back. With ${['two', 'three', 'four'][lost - 1]} it ${over ? 'never does' : 'does not, within 4 minutes'}.`;
  },
  caption: 'Calls per second over 6 minutes; the same arrivals in every panel.',
  open: { href: '?scenario=retry-budget#/', words: 'Open a storm in the lab' },
};

/** For tests: what each panel comes to. */
export const lostPanels = ({ panels }: FigureData): boolean[] => panels.map(({ verdict }) => !verdict!.good);
