/** Stations against closed forms. Times in seconds. */
import type { Law } from '../core/distributions.ts';
import { Simulation } from '../simulation/simulation.ts';
import { stationReports } from '../simulation/summary.ts';
import {
  erlangA,
  mg1,
  mm1k,
  mmc,
  priorityWaits,
  retryAmplification,
  singleflight,
} from '../simulation/theory.ts';
import { resultOf, type Check, type CheckPoint, type CheckRun } from './check.ts';
import { deskFigures, oneStation } from './one-station.ts';
import { measurePoints } from './over-seeds.ts';

type Points = Parameters<typeof measurePoints>[0];

function* pointsOf(points: Points): CheckRun {
  return resultOf(yield* measurePoints(points));
}

const SERVICE_S = 0.1;
const exponential = { law: 'exponential', meanMs: SERVICE_S * 1000 } as const;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

const erlangC: Check = {
  id: 'erlang-c',
  group: 'queues',
  title: 'Ten servers, one queue',
  says: 'Erlang’s formula of 1917 says how long a call waits for one of ten servers. The wait grows slowly up to 80 % and without bound towards 100 %.',
  source: 'M/M/c, Erlang C',
  x: { title: 'Servers busy', unit: '%' },
  y: { title: 'Mean wait', unit: 'ms' },
  run: () =>
    pointsOf(
      [0.6, 0.7, 0.8, 0.85, 0.9].map((load) => {
        const ratePerS = (load * 10) / SERVICE_S;
        return {
          scenario: oneStation(ratePerS, 50_000, { servers: 10, service: exponential }),
          figures: [
            {
              read: (simulation) => deskFigures(simulation).meanWait * 1000,
              expectation: {
                series: 'Ten servers',
                label: `${percent(load)} busy`,
                x: load * 100,
                expected: mmc(ratePerS, 1 / SERVICE_S, 10).meanWait * 1000,
              },
            },
          ],
        };
      }),
    ),
};

const laws: readonly { name: string; scv: number; service: Law }[] = [
  { name: 'constant', scv: 0, service: { law: 'constant', meanMs: 100 } },
  { name: 'Erlang, 4 stages', scv: 0.25, service: { law: 'erlang', meanMs: 100, shape: 4 } },
  { name: 'exponential', scv: 1, service: exponential },
  { name: 'lognormal', scv: 4, service: { law: 'lognormal', meanMs: 100, sigma: 1.2686362411795196 } },
  {
    name: 'hyperexponential',
    scv: 5.5,
    service: {
      law: 'hyperexponential',
      phases: [
        { share: 0.9, meanMs: 50 },
        { share: 0.1, meanMs: 550 },
      ],
    },
  },
];

const pollaczek: Check = {
  id: 'service-law',
  group: 'queues',
  title: 'The wait grows with the spread of the service',
  says: 'With the same mean and the same load, five laws of service time wait differently: the wait goes with one plus the squared coefficient of variation.',
  source: 'M/G/1, Pollaczek and Khinchine, at 80 % load',
  x: { title: 'Squared coefficient of variation', unit: '' },
  y: { title: 'Mean wait', unit: 'ms' },
  run: () =>
    pointsOf(
      laws.map(({ name, scv, service }) => ({
        scenario: oneStation(8, scv > 2 ? 100_000 : 40_000, { service }),
        figures: [
          {
            read: (simulation) => deskFigures(simulation).meanWait * 1000,
            expectation: {
              series: 'One server',
              label: name,
              x: scv,
              expected: mg1(8, SERVICE_S, scv).meanWait * 1000,
              power: 0.2,
            },
          },
        ],
      })),
    ),
};

const bounded: Check = {
  id: 'bounded-queue',
  group: 'queues',
  title: 'A queue with ten places refuses the rest',
  says: 'A bounded queue is the simplest shedding of load: which share it refuses is known for every load, beyond saturation too.',
  source: 'M/M/1/K with ten places',
  x: { title: 'Load', unit: '%' },
  y: { title: 'Refused', unit: '%' },
  run: () =>
    pointsOf(
      [0.8, 0.9, 1, 1.2, 1.5, 2].map((load) => ({
        scenario: oneStation(load * 10, 20_000, { service: exponential, maxQueue: 9 }),
        figures: [
          {
            read: (simulation) => deskFigures(simulation).blockProbability * 100,
            expectation: {
              series: 'Ten places',
              label: `${percent(load)} load`,
              x: load * 100,
              expected: mm1k(load * 10, 10, 10).blockProbability * 100,
            },
          },
        ],
      })),
    ),
};

const impatient: Check = {
  id: 'impatience',
  group: 'queues',
  title: 'Callers who lose patience',
  says: 'With time-outs and no retries a station never collapses: those who leave take their load with them. The share that leaves is known.',
  source: 'M/M/c+M, Erlang A: ten servers, patience of twice the service time',
  x: { title: 'Load', unit: '%' },
  y: { title: 'Gave up', unit: '%' },
  run: () =>
    pointsOf(
      [0.9, 1, 1.2, 1.5, 2].map((load) => ({
        scenario: oneStation(load * 10, 20_000, {
          servers: 10,
          service: { law: 'exponential', meanMs: 1000 },
          patience: { law: 'exponential', meanMs: 2000 },
        }),
        figures: [
          {
            read: (simulation) => deskFigures(simulation).abandonProbability * 100,
            expectation: {
              series: 'Ten servers',
              label: `${percent(load)} load`,
              x: load * 100,
              expected: erlangA(load * 10, 1, 10, 0.5).abandonProbability * 100,
            },
          },
        ],
      })),
    ),
};

const priority: Check = {
  id: 'priority',
  group: 'queues',
  title: 'Who goes first, and who pays for it',
  says: 'Three eighths of the calls go first. They hardly wait; the others wait longer, and the mean over all, weighted by load, is what it was.',
  source: 'Non-preemptive priority, Cobham 1954',
  x: { title: 'Load', unit: '%' },
  y: { title: 'Mean wait', unit: 'ms' },
  run: () =>
    pointsOf(
      [0.5, 0.7, 0.8, 0.9].map((load) => {
        const total = load * 10;
        const [urgent, patient] = priorityWaits(
          [0.375, 0.625].map((share) => ({ rate: total * share, meanService: SERVICE_S, scv: 1 })),
        );
        const wait = (priority: string) => (simulation: Simulation) =>
          stationReports(simulation)['desk']!.waitByPriorityMs![priority]!;
        const at = { label: `${percent(load)} load`, x: load * 100 };
        return {
          scenario: oneStation(
            total,
            50_000,
            { service: exponential, discipline: 'priority' },
            {
              load: {
                ratePerS: total,
                classes: [
                  { name: 'patient', share: 0.625, priority: 1 },
                  { name: 'urgent', share: 0.375, priority: 0 },
                ],
              },
            },
          ),
          figures: [
            { read: wait('0'), expectation: { ...at, series: 'Go first', expected: urgent! * 1000 } },
            { read: wait('1'), expectation: { ...at, series: 'The others', expected: patient! * 1000 } },
          ],
        };
      }),
    ),
};

const little: Check = {
  id: 'little',
  group: 'queues',
  title: 'Little’s law, with dead work in the queue',
  says: 'Mean number there = rate × mean time there: for any queue, any order, any law, even where callers have left and their work has not. It holds within each run, whatever the dice.',
  source: 'Little 1961; two servers, callers give up after 2 s',
  x: { title: 'Load', unit: '%' },
  y: { title: 'Mean number in the station', unit: '' },
  *run() {
    const loads = [0.5, 0.8, 0.9, 0.95];
    const points: CheckPoint[] = [];
    for (const load of loads) {
      const scenario = oneStation(
        load * 20,
        30_000,
        { servers: 2, service: exponential },
        { caller: { timeoutMs: 2000 } },
      );
      const { meanInSystem, throughput, meanResponse } = deskFigures(new Simulation(scenario, 1).run());
      const expected = throughput * meanResponse;
      // Those who are there when the measuring begins and ends are the only ones whom the law does not count.
      const slack = expected * 0.01;
      const holds = Math.abs(meanInSystem - expected) <= slack;
      const at = { series: 'Rate × time', label: `${percent(load)} load`, x: load * 100 };
      points.push({ ...at, expected, measured: meanInSystem, halfWidth: 0, slack, holds });
      yield points.length / loads.length;
    }
    return resultOf(points);
  },
};

const retries: Check = {
  id: 'retries',
  group: 'queues',
  title: 'What retries add to the load',
  says: 'When half of the calls fail by chance, one retry adds half a call to each request, and four nearly a whole one. When all fail, every retry is load.',
  source: 'Geometric series: 1 + p + p² + …',
  x: { title: 'Calls that fail', unit: '%' },
  y: { title: 'Tries per request', unit: '' },
  run: () =>
    pointsOf(
      [0.1, 0.5, 0.9, 1].flatMap((failure) =>
        [1, 4].map((times) => ({
          scenario: oneStation(
            100,
            5_000,
            {
              servers: null,
              service: { law: 'constant', meanMs: 1 },
              replicas: { kind: 'round-robin', count: 1, fail: [{ replica: 1, share: failure }] },
            },
            { caller: { retries: times, backoff: { refusedMs: 1 } } },
          ),
          figures: [
            {
              read: ({ world }) => world.recorder.total.tries / world.recorder.total.completed,
              expectation: {
                series: times === 1 ? 'One retry' : 'Four retries',
                label: `${percent(failure)} fail`,
                x: failure * 100,
                expected: retryAmplification(failure, times).tries,
                // Requests of the last milliseconds are not over.
                slack: 0.002,
              },
            },
          ],
        })),
      ),
    ),
};

const shared: Check = {
  id: 'singleflight',
  group: 'queues',
  title: 'Identical misses that share one call',
  says: 'Who asks for what is being fetched waits for that fetch. The more ask, the more calls are saved: rate × fetch time over one more than that, for any law of the fetch.',
  source: 'Renewal argument: a call, then those who join it',
  x: { title: 'Requests during one fetch', unit: '', log: true },
  y: { title: 'Calls saved', unit: '%' },
  run: () =>
    pointsOf(
      [0.1, 1, 10, 100].map((joined) => ({
        scenario: oneStation(joined, 400 * (1 + joined), {
          servers: null,
          coalesce: true,
          service: { law: 'exponential', meanMs: 1000 },
        }),
        figures: [
          {
            read: (simulation) => {
              const { arrivals, coalesced } = stationReports(simulation)['desk']!;
              return (coalesced / (arrivals + coalesced)) * 100;
            },
            expectation: {
              series: 'Exponential fetch of 1 s',
              label: `${joined} requests a fetch`,
              x: joined,
              expected: singleflight(joined, 1, 1).savedShare * 100,
              power: 0.25,
            },
          },
        ],
      })),
    ),
};

export const queueChecks: readonly Check[] = [
  erlangC,
  pollaczek,
  bounded,
  impatient,
  priority,
  little,
  retries,
  shared,
];
