import { mmc, mmcWaitQuantile } from '../../../engine/simulation/theory.ts';
import type { CurveFigure } from '../format.ts';

/** A service lasts one unit of time on average, so that waits are counted in services. */
const SERVICE_RATE = 1;
const [QUIET, BUSY] = [80, 95];

const meanWait = (percent: number, servers: number): number =>
  mmc((percent / 100) * servers, SERVICE_RATE, servers).meanWait;

const p95Wait = (percent: number, servers: number): number =>
  mmcWaitQuantile((percent / 100) * servers, SERVICE_RATE, servers, 0.95);

export const figure: CurveFigure = {
  kind: 'curve',
  x: { label: 'share of the time that servers are busy', unit: '%', from: 0, to: 97, points: 97 },
  y: { label: 'Wait, in services', unit: '', max: 12 },
  knobs: [
    { name: 'servers', label: 'Servers behind one queue', unit: '', min: 2, max: 40, step: 1, value: 10 },
  ],
  lines: [
    {
      label: 'mean wait, one queue for all',
      tier: 'model',
      of: (load, { servers }) => meanWait(load, servers),
    },
    { label: 'mean wait, a queue for each server', tier: 'trouble', of: (load) => meanWait(load, 1) },
    {
      label: '95 in 100 wait less, one queue for all',
      dashed: true,
      of: (load, { servers }) => p95Wait(load, servers),
    },
  ],
  marks: ({ servers }) =>
    [QUIET, BUSY].map((percent) => ({
      x: percent,
      y: meanWait(percent, servers),
      words: `${percent} %: ${meanWait(percent, servers).toFixed(2)}`,
    })),
  title: ({ panels: [{ marks }] }) => {
    const [quiet, busy] = marks!;
    const more = Math.round((busy.x / quiet.x - 1) * 100);
    return `From ${QUIET} to ${BUSY} % load the servers do ${more} % more work. The wait becomes ${(busy.y / quiet.y).toFixed(0)} times as long.`;
  },
  caption:
    'Poisson arrivals and exponential services, by Erlang’s formula; the simulator is held to it over twenty seeds.',
  open: { href: '?scenario=mmc#/', words: 'Load the queue in the lab' },
};
