import { count, milliseconds, percent } from '../../format.ts';
import { greatest } from '../definition.ts';
import { amount, perSecond } from '../small-rate.ts';
import { lineChart } from './line-chart.ts';

const STATES = ['closed', 'half-open', 'open'] as const;
/** Of a number that the series hold: 0, 0.5 or 1. */
export const breakerState = (state: number | null | undefined): string =>
  state === null || state === undefined ? 'off' : (STATES[Math.round(state * 2)] ?? 'off');

export const breaker = lineChart({
  id: 'breaker',
  title: 'Circuit breaker',
  note: 'closed: all may ask · open: nobody',
  lines: [
    {
      name: (value) => breakerState(value),
      valueOf: ({ machines }) => machines?.breaker?.state ?? null,
      tone: 'ink',
    },
  ],
  least: 1,
  fixed: true,
  splits: [0, 0.5, 1],
  axisText: (value) => ['closed', 'half', 'open'][Math.round(value * 2)] ?? '',
  legend: ({ machines }) => [
    { name: '', value: breakerState(machines?.breaker?.state) },
    { name: 'not asked', value: perSecond(machines?.breaker?.refusedPerS), tier: 'trouble' },
  ],
  describe: ({ machines }) =>
    `Circuit breaker. Now ${breakerState(machines?.breaker?.state)}; ${perSecond(machines?.breaker?.refusedPerS)} found it open and did not ask.`,
});

export const limit = lineChart({
  id: 'limit',
  title: 'Limit on calls',
  note: 'bold: in the station · dashed: the limit',
  lines: [
    {
      name: (value) => `${count(value)} inside`,
      valueOf: ({ machines }) => machines?.limit?.inside ?? null,
      tone: 'model',
    },
    {
      name: (value) => `at most ${count(value)}`,
      valueOf: ({ machines }) => machines?.limit?.limit ?? null,
      tone: 'ink',
    },
  ],
  least: 40,
  // Without a limit there may be thousands inside, and with one the limit is what counts.
  most: ({ readings }) =>
    Math.max(100, 3 * greatest(readings, ({ machines }) => machines?.limit?.limit ?? 0)),
  axisText: (value) => amount(value).replace('.0', ''),
  legend: ({ machines }) => [
    { name: 'inside', value: count(machines?.limit?.inside), tier: 'model' },
    { name: 'limit', value: machines?.limit?.limit === null ? 'off' : count(machines?.limit?.limit) },
    { name: 'refused', value: perSecond(machines?.limit?.refusedPerS), tier: 'trouble' },
  ],
  describe: ({ machines }) =>
    `Limit on calls. Now ${count(machines?.limit?.inside)} are in the station, ${machines?.limit?.limit === null ? 'without a limit' : `at most ${count(machines?.limit?.limit)}`}; ${perSecond(machines?.limit?.refusedPerS)} are refused.`,
});

export const hedge = lineChart({
  id: 'hedge',
  title: 'Second calls',
  note: 'as a share of the first ones',
  lines: [
    {
      name: (value) => `${percent(value, 0)} sent twice`,
      valueOf: ({ machines }) => machines?.hedge?.extraShare ?? null,
      tone: 'ink',
    },
  ],
  least: 0.1,
  axisText: (value) => percent(value, 0),
  legend: ({ machines }) => [
    { name: 'sent twice', value: percent(machines?.hedge?.extraShare, 0) },
    { name: 'of them first', value: percent(machines?.hedge?.wonShare, 0) },
    { name: 'after', value: milliseconds(machines?.hedge?.delayMs) },
  ],
  describe: ({ machines }) =>
    `Second calls. Now ${percent(machines?.hedge?.extraShare, 0)} of the calls are sent twice, after ${milliseconds(machines?.hedge?.delayMs)}; ${percent(machines?.hedge?.wonShare, 0)} of the second ones are first.`,
});

export const connections = lineChart({
  id: 'connections',
  title: 'Connections',
  note: 'bold: open · dashed: calls that wait for one',
  lines: [
    {
      name: (value) => `${count(value)} open`,
      valueOf: ({ machines }) => machines?.connections?.open ?? null,
      tone: 'ink',
    },
    {
      name: (value) => `${count(value)} wait`,
      valueOf: ({ machines }) => machines?.connections?.waiting ?? null,
      tone: 'trouble',
    },
  ],
  least: 20,
  axisText: (value) => amount(value).replace('.0', ''),
  legend: ({ machines }) => [
    { name: 'open', value: count(machines?.connections?.open) },
    { name: 'waiting', value: count(machines?.connections?.waiting), tier: 'trouble' },
    { name: 'opened anew', value: percent(machines?.connections?.freshShare, 0) },
    { name: 'met closed', value: perSecond(machines?.connections?.racePerS) },
  ],
  describe: ({ machines }) =>
    `Connections. Now ${count(machines?.connections?.open)} are open and ${count(machines?.connections?.waiting)} calls wait for one; ${percent(machines?.connections?.freshShare, 0)} of the calls need a new one, ${perSecond(machines?.connections?.racePerS)} meet one that was just closed.`,
});

export const batch = lineChart({
  id: 'batch',
  title: 'Size of the batches',
  note: 'requests that share a call, on average',
  lines: [
    {
      name: (value) => `${amount(value)} a call`,
      valueOf: ({ machines }) => machines?.batch?.size ?? null,
      tone: 'model',
    },
  ],
  least: 4,
  seldom: true,
  axisText: (value) => amount(value).replace('.0', ''),
  legend: ({ machines }) => [
    { name: 'a call', value: amount(machines?.batch?.size), tier: 'model' },
    { name: 'being gathered', value: count(machines?.batch?.waiting) },
    { name: 'without an answer', value: perSecond(machines?.batch?.missingPerS), tier: 'trouble' },
  ],
  describe: ({ machines }) =>
    `Size of the batches. Now ${amount(machines?.batch?.size)} requests share a call, ${count(machines?.batch?.waiting)} are being gathered; ${perSecond(machines?.batch?.missingPerS)} had no answer in their batch.`,
});

const worst = (queue: readonly number[] | undefined): number | null => (queue ? Math.max(...queue) : null);
const others = (queue: readonly number[] | undefined): number | null =>
  queue && queue.length > 1
    ? (queue.reduce((a, b) => a + b, 0) - Math.max(...queue)) / (queue.length - 1)
    : null;
const numberOf = (queue: readonly number[] | undefined): string =>
  queue ? String(queue.indexOf(Math.max(...queue)) + 1) : '–';

export const replicas = lineChart({
  id: 'replicas',
  title: 'Queues of the replicas',
  note: 'bold: the longest · dashed: mean of the others',
  lines: [
    {
      name: (value, { latest }) =>
        value > 0
          ? `replica ${numberOf(latest?.machines?.replicas?.queue)}: ${count(value)}`
          : 'nobody waits',
      valueOf: ({ machines }) => worst(machines?.replicas?.queue),
      tone: 'trouble',
    },
    {
      name: (value) => `others: ${amount(value)}`,
      valueOf: ({ machines }) => others(machines?.replicas?.queue),
      tone: 'thin',
    },
  ],
  least: 10,
  axisText: (value) => amount(value).replace('.0', ''),
  legend: ({ machines }) => [
    {
      name: worst(machines?.replicas?.queue) ? `replica ${numberOf(machines?.replicas?.queue)}` : 'longest',
      value: count(worst(machines?.replicas?.queue)),
      tier: 'trouble',
    },
    { name: 'others', value: amount(others(machines?.replicas?.queue)) },
    { name: 'failed', value: perSecond(machines?.replicas?.failedPerS) },
  ],
  describe: ({ machines }) =>
    `Queues of the replicas. Now ${count(worst(machines?.replicas?.queue))} calls wait for replica ${numberOf(machines?.replicas?.queue)}, ${amount(others(machines?.replicas?.queue))} on average for each other; ${perSecond(machines?.replicas?.failedPerS)} are failed.`,
});
