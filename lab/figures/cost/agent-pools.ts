import type { ScenarioInput } from '../../../engine/simulation/scenario.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import type { RunFigure } from '../format.ts';

const END_S = 5400;
const INTERVAL_S = 30;
const RUSH = { fromS: 1200, toS: 3600 };
const SERVICE_S = 8;
const SLOTS = 4;

/** An hour and a half in which the load rises sixfold within five minutes, as it does every day, and falls again. */
const morning: ScenarioInput = {
  name: 'agents-morning',
  startsAt: '08:40:00',
  durationS: END_S,
  intervalS: INTERVAL_S,
  load: {
    ratePerS: 1,
    profile: [
      { atS: 0, factor: 0.7 },
      { atS: RUSH.fromS, factor: 0.7 },
      { atS: RUSH.fromS + 300, factor: 4.2 },
      { atS: RUSH.toS - 300, factor: 4.2 },
      { atS: RUSH.toS, factor: 0.7 },
      { atS: END_S, factor: 0.7 },
      // Yesterday's evening is drawn as well, for the forecast, and nobody looks at it.
      { atS: END_S + 60, factor: 0.02 },
    ],
  },
  path: ['agents'],
  stations: { agents: { servers: 12, service: { law: 'lognormal', meanMs: SERVICE_S * 1000, sigma: 0.4 } } },
  controls: {
    agents: {
      station: 'agents',
      everyS: 15,
      pool: {
        min: 2,
        max: 30,
        warm: 3,
        slotsPerAgent: SLOTS,
        spotShare: 0,
        targetUsdPerHour: 100,
        downCooldownS: 300,
      },
      forecast: { rpsPerAgent: 0.4, days: 1, leadS: 600 },
    },
  },
  caller: { timeoutMs: 120_000 },
};

const column = ({ world }: Simulation, name: string): Float64Array => world.recorder.column(name);
const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
/** Work takes 8 s, and in a short interval a mean of up to 11 by chance. */
const NOTICED_S = 16;

export const figure: RunFigure = {
  kind: 'run',
  scenario: morning,
  seed: 4,
  untilS: END_S,
  knobs: [
    { name: 'coldS', label: 'An agent starts for', unit: 's', min: 10, max: 240, step: 10, value: 180 },
    { name: 'upBy', label: 'Grows by', unit: 'agents', min: 1, max: 8, step: 1, value: 2 },
  ],
  panels: [
    { title: 'Five minutes after any change', cooldown: 'shared', cooldownS: 300, ahead: false },
    { title: 'Growth waits a minute, for growth', cooldown: 'separate', cooldownS: 60, ahead: false },
    { title: 'Started by yesterday’s load', cooldown: 'separate', cooldownS: 60, ahead: true },
  ].map(({ title, cooldown, cooldownS, ahead }) => ({
    title,
    overrides: ({ coldS, upBy }) => [
      { path: 'controls.agents.pool.cooldown', value: cooldown },
      { path: 'controls.agents.pool.upCooldownS', value: cooldownS },
      { path: 'controls.agents.pool.coldStartS', value: coldS },
      { path: 'controls.agents.pool.upBy', value: upBy },
      { path: 'controls.agents.forecast.on', value: ahead },
    ],
  })),
  y: { label: 'agents', unit: '' },
  lines: [
    {
      label: 'starting',
      tier: 'trouble',
      style: 'area',
      of: (run) => {
        const ready = column(run, 'agents.ready');
        return column(run, 'agents.starting').map((n, i) => n + ready[i]);
      },
    },
    { label: 'at work', tier: 'model', style: 'area', of: (run) => column(run, 'agents.ready') },
    {
      label: 'needed',
      style: 'line',
      of: (run) => column(run, 'arrivals').map((n) => ((n / INTERVAL_S) * SERVICE_S) / SLOTS),
    },
  ],
  verdict: ({ errorRate }, run) => {
    const worstS = column(run, 'meanMs').reduce((most, ms) => Math.max(most, ms / 1000), 0);
    const note = `$${sum(column(run, 'agents.infraUsd')).toFixed(2)} for agents`;
    if (errorRate > 0.005)
      return { good: false, words: `${(100 * errorRate).toFixed(0)} % of requests fail`, note };
    if (worstS > NOTICED_S) return { good: false, words: `requests wait up to ${worstS.toFixed(0)} s`, note };
    return { good: true, words: 'nobody waits', note };
  },
  title: ({ panels }) => {
    const [shared, separate, ahead] = panels.map(({ verdict }) => verdict!.words);
    return `With five minutes after any change ${shared}. With one after growth ${separate}. Started ahead, ${ahead}.`;
  },
  caption:
    'Agents over an hour and a half in which the load rises sixfold and falls again, as it does every day. One works at four things, eight seconds each.',
  open: { href: '?scenario=spot-reclaim#/', words: 'Lose the spot agents in the lab' },
};
