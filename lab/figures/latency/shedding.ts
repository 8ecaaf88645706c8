import { overloadClasses } from '../../../engine/scenarios/overload-classes.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import { column } from '../columns.ts';
import type { KnobValues, Panel, RunFigure } from '../format.ts';

const SURGE_FROM_S = 20;
const END_S = 100;
/** When the surge has lasted for long enough to have found its level. */
const SETTLED_S = 65;
/** Twenty servers, 200 ms a call. */
const CAPACITY_PER_S = 100;

/** Percent of the requests of a class that end with an answer, over ten seconds each time. */
function answered(run: Simulation, criticality: string): Float64Array {
  const ended = column(run, `class.${criticality}.ended`);
  const givenUp = column(run, `class.${criticality}.givenUp`);
  const sum = (of: Float64Array, upTo: number): number =>
    of.subarray(Math.max(0, upTo - 9), upTo + 1).reduce((a, b) => a + b, 0);
  return ended.map((_, i) => 100 * (1 - sum(givenUp, i) / sum(ended, i)));
}

/** Mean of a class's line once the overload has settled. */
export function settled({ x, lines }: Panel, line: number): number {
  const y = lines[line].y.slice(x.findIndex((s) => s >= SETTLED_S));
  return y.reduce((a, b) => a + b, 0) / y.length;
}

const margin = { path: 'stations.service.deadlineMarginMs', value: 400 };
const surge = ({ load: factor }: KnobValues, shedShare = 0) => ({
  path: 'events.0.set',
  value: { 'load.factor': factor, 'load.shedShare': shedShare },
});
/** What has to be refused if the rest is to be served. */
const tooMuch = (factor: number): number =>
  Math.max(0, 1 - CAPACITY_PER_S / (overloadClasses.load!.ratePerS * factor));

const LINES = [
  { label: 'critical', tier: 'model' },
  { label: 'high', tier: 'l3' },
  { label: 'normal', tier: 'l2' },
  { label: 'low', tier: 'l4' },
] as const;

export const figure: RunFigure = {
  kind: 'run',
  scenario: { ...overloadClasses, events: [{ ...overloadClasses.events![0], at: SURGE_FROM_S }] },
  seed: 1,
  untilS: END_S,
  knobs: [
    { name: 'load', label: 'Load', unit: '×', min: 1, max: 4, step: 0.1, value: 2.5 },
    {
      name: 'delayMs',
      label: 'Wait that means overload',
      unit: 'ms',
      min: 20,
      max: 1000,
      step: 10,
      value: 100,
    },
  ],
  panels: [
    { title: 'Everybody is let in', overrides: (knobs) => [surge(knobs)] },
    {
      title: 'As many as needed, whoever',
      overrides: (knobs) => [surge(knobs, tooMuch(knobs.load)), margin],
    },
    {
      title: 'The least critical first',
      overrides: (knobs) => [
        surge(knobs),
        margin,
        { path: 'stations.service.shed.on', value: true },
        { path: 'stations.service.shed.delayMs', value: knobs.delayMs },
        { path: 'stations.service.shed.relaxDelayMs', value: knobs.delayMs / 2 },
      ],
    },
  ],
  y: { label: 'Requests answered', unit: '%', max: 100 },
  lines: LINES.map(({ label, tier }) => ({
    label,
    tier,
    style: 'line' as const,
    of: (run: Simulation) => answered(run, label),
  })),
  bands: () => [{ label: 'more than can be served', fromS: SURGE_FROM_S, toS: END_S }],
  verdict: (_, run) => {
    const late = (name: string): number =>
      column(run, name)
        .subarray(SETTLED_S, END_S)
        .reduce((a, b) => a + b, 0);
    const share = 1 - late('class.critical.givenUp') / late('class.critical.ended');
    const perS = (late('completed') - late('failed')) / (END_S - SETTLED_S);
    return {
      good: share > 0.9,
      words: `${Math.round(share * 100)} % of the critical`,
      note: `${Math.round(perS)} answers a second`,
    };
  },
  title: ({ panels, knobs }) => {
    const [all, blind, shed] = panels.map(({ verdict }) => Number.parseInt(verdict!.words));
    const touchy = settled(panels[2], LINES.length - 1) < 98;
    if (all > 90)
      return touchy
        ? `There is room for everybody. But a wait of ${knobs.delayMs} ms is nothing unusual, and who takes it for overload refuses without need.`
        : 'There is room for everybody, and nobody has to be refused.';
    return `Let in, ${all} % of the critical requests are answered. Refused blindly ${blind} %, refused by class ${shed} %.`;
  },
  caption:
    'Share of each class that gets an answer, over ten seconds. The service does 100 calls a second. One retry.',
  open: { href: '?scenario=overload-classes#/', words: 'Decide in the lab' },
};
