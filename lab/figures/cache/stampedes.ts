import type { Simulation } from '../../../engine/simulation/simulation.ts';
import type { Override } from '../../../engine/simulation/overrides.ts';
import type { KnobValues, RunFigure } from '../format.ts';

const column = ({ world }: Simulation, name: string): Float64Array => world.recorder.column(name);
const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
const SLOTS = 25;
const POPULATION = 200;

/** The hot key's share of all requests, by its weight beside two hundred others of 1. */
const scene = ({ hot, callMs }: KnobValues): Override[] => [
  { path: 'population.weights.0', value: (POPULATION * hot) / (100 - hot) },
  { path: 'stations.pool.service.meanMs', value: callMs },
];

/** Requests that failed in what is drawn, and calls of its worst second. */
function counted(run: Simulation): { failed: number; peak: number } {
  const drawn = (name: string): Float64Array => column(run, name).slice(FROM_S);
  return { failed: total(drawn('failed')), peak: Math.max(...drawn('station.pool.arrivals')) };
}

const FROM_S = 40;

export const figure: RunFigure = {
  kind: 'run',
  scenario: 'hot-key',
  seed: 7,
  untilS: 100,
  fromS: FROM_S,
  knobs: [
    { name: 'hot', label: 'Ask for the hot key', unit: '%', min: 5, max: 80, step: 5, value: 60 },
    { name: 'callMs', label: 'A call takes', unit: 'ms', min: 300, max: 2000, step: 100, value: 1500 },
  ],
  panels: [
    { title: 'Each calls', overrides: scene },
    {
      title: 'They share a call',
      overrides: (knobs) => [...scene(knobs), { path: 'stations.pool.coalesce', value: true }],
    },
    {
      title: 'Renewed before the end',
      overrides: (knobs) => [...scene(knobs), { path: 'tiers.cache.refreshAheadS', value: 10 }],
    },
  ],
  y: { label: 'a second', unit: '/s', max: 100 },
  lines: [
    {
      label: 'calls to the model',
      tier: 'model',
      style: 'area',
      of: (run) => column(run, 'station.pool.arrivals'),
    },
    { label: 'requests that fail', tier: 'trouble', style: 'line', of: (run) => column(run, 'failed') },
  ],
  levels: ({ callMs }) => [
    { label: `the pool can do ${((SLOTS * 1000) / callMs).toFixed(0)}/s`, y: (SLOTS * 1000) / callMs },
  ],
  verdict: (_, run) => {
    const { failed, peak } = counted(run);
    return {
      good: failed === 0,
      words: failed === 0 ? 'nobody notices' : `${failed.toLocaleString('en')} requests fail`,
      note: `at most ${peak} calls in a second`,
    };
  },
  title: ({ panels }) => {
    const [each, shared, ahead] = panels.map(({ lines }) => total(lines[1].y));
    if (each === 0)
      return 'This key is asked for too little, or its call is too short, for its end to do harm.';
    const begin = `One key ends, and ${each.toLocaleString('en')} requests fail.`;
    if (shared + ahead === 0) return `${begin} Share the call, or renew in time, and none does.`;
    return `${begin} With a shared call it is ${shared.toLocaleString('en')}, renewed in time ${ahead.toLocaleString('en')}.`;
  },
  caption:
    'One minute around the end of a key that is kept for 60 s; 400 requests a second, and 200 other keys that need the model now and then.',
  open: { href: '?scenario=hot-key#/', words: 'Let one hot key expire' },
};
