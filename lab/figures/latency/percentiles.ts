import type { LogHistogram } from '../../../engine/core/histogram.ts';
import { waitingTester } from '../../../engine/simulation/load-report-omission.ts';
import { Simulation } from '../../../engine/simulation/simulation.ts';
import type { CurveFigure, KnobValues, Panel } from '../format.ts';

const RUN_S = 300;
const STALL_FROM_S = 120;
const SEED = 1;

/** Twenty servers with time to spare, which all stand still for a while. */
const service = (stallS: number) => ({
  name: 'stall',
  durationS: RUN_S,
  intervalS: 1,
  load: { ratePerS: 100 },
  path: ['service'],
  stations: { service: { servers: 20, service: { law: 'lognormal' as const, meanMs: 50, sigma: 0.5 } } },
  caller: { timeoutMs: 120_000 },
  events: [
    { at: STALL_FROM_S, label: 'Stands still', set: { 'stations.service.servers': 0 } },
    { at: STALL_FROM_S + stallS, label: 'Goes on', set: { 'stations.service.servers': 20 } },
  ],
});

/** Response times of one run: as its users met them, and as a tester tells them who waits for each answer. */
function measured({ stallS }: KnobValues): { users: LogHistogram; tester: LogHistogram } {
  const simulation = new Simulation(service(stallS), SEED).run();
  const { recorder } = simulation.world;
  return {
    users: recorder.latencies(0, recorder.closed),
    tester: waitingTester(simulation, 0, recorder.closed).seen,
  };
}

/** A curve asks for a hundred points of the same run, one after the other. */
let last: { stallS: number; result: ReturnType<typeof measured> } | undefined;
function latest(knobs: KnobValues): ReturnType<typeof measured> {
  if (last?.stallS !== knobs.stallS) last = { stallS: knobs.stallS, result: measured(knobs) };
  return last.result;
}

const seconds = (histogram: LogHistogram, percent: number): number =>
  histogram.quantile(percent / 100) / 1000;

/** The value of a line at a percentile, seconds. */
export const at = ({ x, lines }: Panel, line: number, percent: number): number =>
  lines[line].y[x.indexOf(percent)];

const words = (s: number): string => (s < 1 ? `${Math.round(s * 1000)} ms` : `${s.toFixed(1)} s`);

export const figure: CurveFigure = {
  kind: 'curve',
  x: { label: 'percentile', unit: '%', from: 50, to: 100, points: 100 },
  y: { label: 'Response time at most', unit: 's' },
  knobs: [{ name: 'stallS', label: 'Stands still for', unit: 's', min: 1, max: 60, step: 1, value: 20 }],
  lines: [
    {
      label: 'from the moment each request was due',
      tier: 'trouble',
      of: (x, knobs) => seconds(latest(knobs).users, x),
    },
    {
      label: 'as told by a tester who waits',
      dashed: true,
      of: (x, knobs) => seconds(latest(knobs).tester, x),
    },
  ],
  marks: (knobs) => [
    { x: 99, y: seconds(latest(knobs).users, 99), words: `p99 ${words(seconds(latest(knobs).users, 99))}` },
  ],
  title: ({ panels: [panel], knobs }) =>
    `The service stood still for ${knobs.stallS} s of ${RUN_S}. Its users’ p99 is ${words(at(panel, 0, 99))}, and the tester’s ${words(at(panel, 1, 99))}.`,
  caption:
    'One run, 100 requests a second. The tester has twenty connections, and each sends its next request after the answer to its last.',
  open: { href: '?scenario=prime-day#/report', words: 'Report a run as two testers would' },
};
