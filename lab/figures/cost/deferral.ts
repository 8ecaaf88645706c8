import type { ScenarioInput } from '../../../engine/simulation/scenario.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import type { RunFigure } from '../format.ts';

const DAY_S = 86_400;
const INTERVAL_S = 900;
const hour = (clock: number): number => ((clock - 6 + 24) % 24) * 3600;

/** Customers, and reports that nobody waits for, on one model of four places. A day from six to six. */
const day: ScenarioInput = {
  name: 'deferral-day',
  startsAt: '06:00:00',
  durationS: DAY_S,
  intervalS: INTERVAL_S,
  load: {
    ratePerS: 0.07,
    profile: [
      { atS: hour(6), factor: 0.6 },
      { atS: hour(9), factor: 1.4 },
      { atS: hour(18), factor: 1.4 },
      { atS: hour(22), factor: 0.6 },
      { atS: DAY_S, factor: 0.4 },
    ],
  },
  path: ['gateway'],
  stations: { large: { servers: 4, service: { law: 'lognormal', meanMs: 5000, sigma: 0.4 } } },
  models: { 'gpt-4': { meanMs: 5000, usdPerMTokens: 30, accuracy: 0.98, quality: 0.95, station: 'large' } },
  traffic: {
    agents: [
      { name: 'customers', share: 0.6, inputTokens: { mean: 700 }, outputTokens: { mean: 200 } },
      {
        name: 'reports',
        share: 0.4,
        criticality: 'low',
        inputTokens: { mean: 1500 },
        outputTokens: { mean: 300 },
        deferrable: true,
        deadlineS: 57_600,
      },
    ],
  },
  gateway: { model: 'gpt-4', offPeak: { on: true } },
  caller: { timeoutMs: 3_600_000 },
};

const column = ({ world }: Simulation, name: string): Float64Array => world.recorder.column(name);
const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
const perHour = (usd: Float64Array): Float64Array => usd.map((each) => (each * 3600) / INTERVAL_S);

/** The worst quarter of an hour for customers: their mean response in it, seconds. */
function longestWaitS(run: Simulation): number {
  const completed = column(run, 'completed');
  return column(run, 'meanMs').reduce(
    (most, ms, i) => (completed[i] > 0 ? Math.max(most, ms / 1000) : most),
    0,
  );
}
/** A usual quarter of an hour has a mean of five seconds, and of up to eight by chance. */
const NOTICED_S = 15;
const words = (seconds: number): string =>
  seconds < 90 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`;

export const figure: RunFigure = {
  kind: 'run',
  scenario: day,
  seed: 2,
  untilS: DAY_S,
  knobs: [
    { name: 'share', label: 'Work that can wait', unit: '%', min: 10, max: 70, step: 5, value: 40 },
    { name: 'deadline', label: 'Deadline after', unit: 'h', min: 2, max: 24, step: 1, value: 16 },
  ],
  panels: [
    { title: 'As it comes', shift: false, spread: true },
    { title: 'All of it at ten', shift: true, spread: false },
    { title: 'Spread over the night', shift: true, spread: true },
  ].map(({ title, shift, spread }) => ({
    title,
    overrides: ({ share, deadline }) => [
      { path: 'traffic.agents.0.share', value: 1 - share / 100 },
      { path: 'traffic.agents.1.share', value: share / 100 },
      { path: 'traffic.agents.1.deadlineS', value: deadline * 3600 },
      { path: 'gateway.offPeak.shift', value: shift },
      { path: 'gateway.offPeak.spread', value: spread },
    ],
  })),
  y: { label: 'dollars an hour', unit: '$', max: 40 },
  lines: [
    { label: 'spent on reports', tier: 'model', style: 'area', of: (run) => perHour(column(run, 'costUsd')) },
    {
      label: 'spent on customers',
      tier: 'l1',
      style: 'area',
      of: (run) => perHour(column(run, 'spend.agent.customers')),
    },
  ],
  bands: () => [{ label: '30 % less', fromS: hour(22), toS: DAY_S }],
  verdict: ({ costUsd }, run) => {
    const waitS = longestWaitS(run);
    const late = sum(column(run, 'background.late'));
    return {
      good: waitS < NOTICED_S && late === 0,
      words: `$${costUsd.toFixed(2)}`,
      note: `customers wait up to ${words(waitS)}, ${late === 1 ? '1 report' : `${late} reports`} late`,
    };
  },
  title: ({ panels }) => {
    const [now, , spread] = panels.map(({ verdict }) => Number(verdict!.words.slice(1)));
    const saved = `The night takes ${(100 * (1 - spread / now)).toFixed(0)} % off the bill`;
    const wait = /up to (.*?),/.exec(panels[1].verdict!.note!)![1];
    return wait.endsWith(' s') && parseInt(wait) < NOTICED_S
      ? `${saved}: the deadlines let little wait for it, and customers notice nothing.`
      : `${saved}. Started all at once, its work makes customers wait ${wait}; spread out, nobody notices.`;
  },
  caption:
    'A day from six to six, four places at the model; all three panels have the same requests and the same cheap hours. The peak at ten is cut off.',
  open: { href: '?scenario=five-strategies#/', words: 'Turn the night off in the lab' },
};
