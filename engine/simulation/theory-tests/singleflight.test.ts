import { describe, expect, it } from 'vitest';
import type { Law } from '../../core/distributions.ts';
import type { Simulation } from '../simulation.ts';
import { stationReports } from '../summary.ts';
import { singleflight } from '../theory.ts';
import { oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';
import { SINGLEFLIGHT } from './points.ts';

const figures = (simulation: Simulation) => {
  const { arrivals, coalesced } = stationReports(simulation)['desk']!;
  return {
    originRate: (arrivals * 1000) / simulation.measuredMs,
    savedShare: coalesced / (arrivals + coalesced),
    meanResponse: simulation.systemReport().meanResponseMs / 1000,
  };
};

describe('singleflight', () => {
  it.each(SINGLEFLIGHT)('shares fetches of $meanFetch s at $rate a second', ({ rate, meanFetch }) => {
    const meanMs = meanFetch * 1000;
    const laws: [Law, number][] = [
      [{ law: 'constant', meanMs }, 0],
      [{ law: 'exponential', meanMs }, 1],
    ];
    for (const [service, scv] of laws) {
      const flights = 1000;
      const scenario = oneStation(rate, flights * (1 + rate * meanFetch), {
        servers: null,
        coalesce: true,
        service,
      });
      const theory = singleflight(rate, meanFetch, scv);
      expect(
        misfits(overSeeds(scenario, figures), {
          originRate: { value: theory.originRate, power: 0.04 },
          savedShare: { value: theory.savedShare, power: 0.04 },
          meanResponse: { value: theory.meanResponse, power: 0.06 },
        }),
      ).toEqual([]);
    }
  });
});
