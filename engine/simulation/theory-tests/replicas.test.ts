import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { choicesMeanResponse } from '../../latency/formulas.ts';
import type { ScenarioInput } from '../scenario.ts';
import { erlangB, mm1, mmc } from '../theory.ts';
import { deskFigures, oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';

type Balancing = Omit<NonNullable<NonNullable<ScenarioInput['stations']>[string]['replicas']>, 'count'>;

/** Single servers of 100 ms, each with a queue of its own. */
function replicated(count: number, load: number, customers: number, balancing: Balancing): ScenarioInput {
  return oneStation(load * count * 10, customers, {
    service: { law: 'exponential', meanMs: 100 },
    replicas: { count, ...balancing },
  });
}

/**
 * GI/M/1 behind a round robin over n: between two arrivals at a replica lie n arrivals, an Erlang time. The mean response is
 * 1 / (μ (1 − σ)), where σ is the transform of that time at μ (1 − σ). Source: Kleinrock, Queueing Systems I (1975), § 6.4.
 */
function roundRobinResponse(rate: number, serviceRate: number, n: number): number {
  let sigma = 0.5;
  for (let i = 0; i < 1000; i++) sigma = (rate / (rate + serviceRate * (1 - sigma))) ** n;
  return 1 / (serviceRate * (1 - sigma));
}

const FILE = fileURLToPath(new URL('../../../../shared/truth/queueing.json', import.meta.url));
const POINTS = [
  { rho: 0.5, d: 2, mean_T_units_of_service: 1.265686 },
  { rho: 0.5, d: 3, mean_T_units_of_service: 1.1252441 },
  { rho: 0.8, d: 2, mean_T_units_of_service: 1.9473634 },
  { rho: 0.8, d: 3, mean_T_units_of_service: 1.5808856 },
  { rho: 0.9, d: 2, mean_T_units_of_service: 2.6140574 },
  { rho: 0.9, d: 3, mean_T_units_of_service: 2.027856 },
];

// As many customers as make the intervals narrow enough for `power`: the more, the higher the load.
describe('replicas', () => {
  it.each([
    { load: 0.5, customers: 20_000 },
    { load: 0.8, customers: 50_000 },
  ])('at random are M/M/1 each, at load $load', ({ load, customers }) => {
    const { meanResponse, meanWait, meanInSystem, utilisation } = mm1(load * 10, 10);
    const scenario = replicated(10, load, customers, { kind: 'random' });
    expect(
      misfits(overSeeds(scenario, deskFigures), {
        utilisation: { value: utilisation, power: 0.02 },
        meanWait,
        meanResponse,
        meanInSystem: 10 * meanInSystem,
      }),
    ).toEqual([]);
  });

  it.each([
    { load: 0.5, customers: 12_000 },
    { load: 0.8, customers: 30_000 },
  ])('in turn are GI/M/1 each, at load $load', ({ load, customers }) => {
    const scenario = replicated(10, load, customers, { kind: 'round-robin' });
    const meanResponse = roundRobinResponse(load * 100, 10, 10);
    expect(misfits(overSeeds(scenario, deskFigures), { meanResponse })).toEqual([]);
  });

  // The closed form is for replicas without number: with a hundred the mean lies a little above it, the more the higher the load.
  it.each(POINTS)('at the best of $d are the supermarket model, at load $rho', (point) => {
    const { rho, d, mean_T_units_of_service: units } = point;
    expect(choicesMeanResponse(rho, d)).toBeCloseTo(units, 5);
    const customers = rho > 0.8 ? 50_000 : rho > 0.5 ? 20_000 : 12_000;
    const scenario = replicated(100, rho, customers, { kind: 'p2c', choices: d });
    expect(
      misfits(overSeeds(scenario, deskFigures), {
        meanResponse: { value: units / 10, power: 0.03, slack: rho > 0.8 ? 0.03 : 0.015 },
      }),
    ).toEqual([]);
  });

  it.skipIf(!existsSync(FILE))('are compared at the points of the file', () => {
    const file = JSON.parse(readFileSync(FILE, 'utf8')) as { power_of_d_choices: { points: object[] } };
    for (const point of POINTS)
      expect(file.power_of_d_choices.points).toContainEqual(expect.objectContaining(point));
  });

  it('wait the less the more the balancer looks at, and never less than one queue for all', () => {
    const responseOf = (balancing: Balancing) =>
      overSeeds(replicated(20, 0.9, 50_000, balancing), deskFigures).meanResponse;
    const estimates = [
      responseOf({ kind: 'least-loaded' }),
      responseOf({ kind: 'p2c', choices: 3 }),
      responseOf({ kind: 'p2c' }),
      responseOf({ kind: 'random' }),
    ];
    let below = mmc(180, 10, 20).meanResponse;
    for (const { mean, halfWidth } of estimates) {
      expect(mean - halfWidth).toBeGreaterThan(below);
      below = mean + halfWidth;
    }
  });
});

describe('a fixed limit', () => {
  /** M/M/c/K by its balance equations. */
  function mmck(rate: number, serviceRate: number, servers: number, places: number) {
    const weights = [1];
    for (let n = 1; n <= places; n++)
      weights.push((weights[n - 1]! * rate) / (Math.min(n, servers) * serviceRate));
    const sum = weights.reduce((a, b) => a + b, 0);
    const inSystem = weights.reduce((s, w, n) => s + n * w, 0) / sum;
    const blockProbability = weights[places]! / sum;
    const throughput = rate * (1 - blockProbability);
    return { blockProbability, throughput, meanInSystem: inSystem, meanResponse: inSystem / throughput };
  }

  it.each([
    { load: 0.8, limit: 10, queue: 0, customers: 20_000 },
    { load: 0.8, limit: 14, queue: 0, customers: 60_000 },
    { load: 1.5, limit: 14, queue: 0, customers: 12_000 },
    { load: 1, limit: 12, queue: 8, customers: 60_000 },
    { load: 2, limit: 10, queue: 5, customers: 12_000 },
  ])('of $limit and $queue outside for ten servers is M/M/c/K at load $load', (point) => {
    const { load, limit, queue, customers } = point;
    const theory = mmck(load * 100, 10, 10, limit + queue);
    if (limit + queue === 10) expect(theory.blockProbability).toBeCloseTo(erlangB(10, load * 10), 9);
    const scenario = oneStation(load * 100, customers, {
      servers: 10,
      service: { law: 'exponential', meanMs: 100 },
      limit: { kind: 'fixed', initial: limit, queue },
    });
    expect(
      misfits(overSeeds(scenario, deskFigures), {
        blockProbability: theory.blockProbability,
        throughput: { value: theory.throughput, power: 0.02 },
        meanInSystem: { value: theory.meanInSystem, power: 0.03 },
        meanResponse: { value: theory.meanResponse, power: 0.03 },
      }),
    ).toEqual([]);
  });
});
