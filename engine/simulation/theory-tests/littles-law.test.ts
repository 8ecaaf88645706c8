import { describe, expect, it } from 'vitest';
import { primeDay } from '../../scenarios/prime-day.ts';
import type { ScenarioInput } from '../scenario.ts';
import { Simulation } from '../simulation.ts';
import { stationReports } from '../summary.ts';
import { mm1 } from '../theory.ts';
import { oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds, SEEDS } from './over-seeds.ts';

/**
 * Mean number there, over rate × mean time there, of the system and of every station that loses nobody unserved. The law
 * holds for each run, whatever the dice, but for those who are there when the measuring begins and ends.
 */
function ratios(simulation: Simulation): Record<string, number> {
  const perMs = 1 / simulation.measuredMs;
  const system = simulation.systemReport();
  const entries = Object.entries(stationReports(simulation)).map(([name, s]) => {
    expect(s.rejected + s.dropped).toBe(0);
    return [name, s.meanInStation / (s.completed * perMs * s.meanResponseMs)] as const;
  });
  return {
    system: system.meanInSystem / (system.completed * perMs * system.meanResponseMs),
    ...Object.fromEntries(entries),
  };
}

const deviations = (scenario: ScenarioInput, seed: number): number[] =>
  Object.values(ratios(new Simulation(scenario, seed).run())).map((ratio) => Math.abs(ratio - 1));

const seeds = Array.from({ length: SEEDS }, (_, i) => i + 1);

const tandem: ScenarioInput = {
  name: 'tandem',
  durationS: 2200,
  warmupS: 200,
  load: { ratePerS: 20 },
  path: ['gate', 'cache', 'kitchen', 'till'],
  population: { kind: 'zipf', keys: 500 },
  tiers: {
    cache: {
      level: 'l1',
      capacityEntries: 50,
      ttlS: 60,
      station: 'shelf',
      lookup: { law: 'constant', meanMs: 1 },
    },
  },
  stations: {
    gate: {
      servers: 2,
      service: { law: 'erlang', meanMs: 80, shape: 3 },
      delay: { law: 'constant', meanMs: 5 },
    },
    shelf: { servers: 1, service: { law: 'constant', meanMs: 20 }, discipline: 'lifo' },
    kitchen: { servers: 4, service: { law: 'lognormal', meanMs: 200, sigma: 0.8 } },
    till: { servers: null, service: { law: 'exponential', meanMs: 30 } },
  },
};

describe("Little's law", () => {
  it('holds at one station, whatever the order of service', () => {
    for (const discipline of ['fifo', 'lifo', 'adaptive-lifo', 'priority'] as const)
      for (const seed of seeds) {
        const scenario = oneStation(
          8,
          20_000,
          { servers: 10, service: { law: 'exponential', meanMs: 1000 }, discipline },
          {
            load: {
              ratePerS: 8,
              classes: [
                { name: 'a', share: 0.5, priority: 0 },
                { name: 'b', share: 0.5, priority: 1 },
              ],
            },
          },
        );
        expect(Math.max(...deviations(scenario, seed))).toBeLessThan(0.01);
      }
  });

  it('holds at every station of a path, and on the whole', () => {
    for (const seed of seeds) expect(Math.max(...deviations(tandem, seed))).toBeLessThan(0.01);
  });

  it('holds where time-outs leave dead work behind', () => {
    const scenario = oneStation(
      19,
      20_000,
      { servers: 2, service: { law: 'exponential', meanMs: 100 } },
      { caller: { timeoutMs: 2000 } },
    );
    for (const seed of seeds) {
      const simulation = new Simulation(scenario, seed).run();
      expect(stationReports(simulation)['desk']!.abandoned).toBeGreaterThan(0);
      for (const ratio of Object.values(ratios(simulation))) expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
    }
  });

  it('counts those who are refused and those who lose patience as there for as long as they were', () => {
    const scenario = oneStation(
      30,
      20_000,
      {
        service: { law: 'exponential', meanMs: 50 },
        patience: { law: 'constant', meanMs: 200 },
        maxQueue: 20,
      },
      {},
    );
    for (const seed of seeds) {
      const simulation = new Simulation(scenario, seed).run();
      const system = simulation.systemReport();
      expect(stationReports(simulation)['desk']!.abandoned).toBeGreaterThan(1000);
      const ratio =
        (system.meanInSystem / (system.completed * system.meanResponseMs)) * simulation.measuredMs;
      expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
    }
  });

  it('holds on Prime Day before the surge: at Redis, at the pool and on the whole', () => {
    for (const seed of [1, 2]) {
      const scenario = { ...primeDay, durationS: 600, warmupS: 60 };
      expect(Math.max(...deviations(scenario, seed))).toBeLessThan(0.02);
    }
  });

  it('holds on the whole in the collapse of Prime Day, where no station is in balance', () => {
    const scenario = { ...primeDay, durationS: 1400, warmupS: 1320 };
    const simulation = new Simulation(scenario, 1).run();
    const { meanInSystem, arrivals, meanResponseMs } = simulation.systemReport();
    expect(meanResponseMs).toBeGreaterThan(11_999);
    expect(meanInSystem / ((arrivals / simulation.measuredMs) * meanResponseMs)).toBeCloseTo(1, 1);
  });

  it('goes with Burke: each M/M/1 of a tandem is as if it were alone', () => {
    const scenario = oneStation(
      8,
      100_000,
      { service: { law: 'exponential', meanMs: 100 } },
      {
        path: ['first', 'second'],
        stations: {
          first: { service: { law: 'exponential', meanMs: 100 } },
          second: { service: { law: 'exponential', meanMs: 50 } },
        },
      },
    );
    const estimates = overSeeds(scenario, (simulation) => {
      const { first, second } = stationReports(simulation);
      return {
        first: first!.meanInStation,
        second: second!.meanInStation,
        response: simulation.systemReport().meanResponseMs / 1000,
      };
    });
    const [first, second] = [mm1(8, 10), mm1(8, 20)];
    expect(
      misfits(estimates, {
        first: first.meanInSystem,
        second: second.meanInSystem,
        response: first.meanResponse + second.meanResponse,
      }),
    ).toEqual([]);
  });
});
