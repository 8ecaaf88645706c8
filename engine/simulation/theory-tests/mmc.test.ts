import { describe, expect, it } from 'vitest';
import { mmc, mmcWaitQuantile } from '../theory.ts';
import { deskFigures, oneStation } from '../../trust/one-station.ts';
import { BUCKET_SLACK, misfits, overSeeds } from './over-seeds.ts';
import { MMC } from './points.ts';

describe('M/M/c', () => {
  it.each(MMC)('meets Erlang C with $servers servers at $arrivalRate a second', (point) => {
    const { arrivalRate, serviceRate, servers } = point;
    const scenario = oneStation(arrivalRate, 90_000, {
      servers,
      service: { law: 'exponential', meanMs: 1000 / serviceRate },
    });
    const theory = mmc(arrivalRate, serviceRate, servers);
    // Waits are rare and come in clusters when servers are many, so their means are known less well.
    const power = servers >= 100 ? 0.2 : 0.1;
    const quantile = (p: number) => ({
      value: mmcWaitQuantile(arrivalRate, serviceRate, servers, p),
      power: 2 * power,
      slack: BUCKET_SLACK,
    });
    expect(
      misfits(overSeeds(scenario, deskFigures), {
        utilisation: { value: theory.utilisation, power: 0.02 },
        waitProbability: { value: theory.waitProbability, power: power / 2 + 0.01 },
        meanWait: { value: theory.meanWait, power },
        meanResponse: { value: theory.meanResponse, power: 0.06 },
        meanQueue: { value: theory.meanQueue, power },
        meanInSystem: { value: theory.meanInSystem, power: 0.06 },
        waitP95: quantile(0.95),
        waitP99: quantile(0.99),
      }),
    ).toEqual([]);
  });
});
