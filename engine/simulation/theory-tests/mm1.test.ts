import { describe, expect, it } from 'vitest';
import { mm1, mm1ResponseQuantile, mmcWaitQuantile } from '../theory.ts';
import { deskFigures, oneStation } from '../../trust/one-station.ts';
import { BUCKET_SLACK, misfits, overSeeds } from './over-seeds.ts';
import { MM1 } from './points.ts';

/** Customers for each seed and the width they buy: near saturation queues forget slowly, n grows as 1 / (1 − load)². */
const LENGTHS: Record<string, { customers: number; power: number }> = {
  '5/10': { customers: 25_000, power: 0.05 },
  '8/10': { customers: 80_000, power: 0.05 },
  '9/10': { customers: 150_000, power: 0.07 },
  '9.5/10': { customers: 300_000, power: 0.1 },
};

describe('M/M/1', () => {
  it.each(MM1)('meets theory at $arrivalRate a second on a server for $serviceRate', (point) => {
    const { arrivalRate, serviceRate } = point;
    const { customers, power } = LENGTHS[`${arrivalRate}/${serviceRate}`]!;
    const scenario = oneStation(arrivalRate, customers, {
      service: { law: 'exponential', meanMs: 1000 / serviceRate },
    });
    const theory = mm1(arrivalRate, serviceRate);
    const quantile = (value: number) => ({ value, power: power + 0.03, slack: BUCKET_SLACK });
    expect(
      misfits(overSeeds(scenario, deskFigures), {
        utilisation: { value: theory.utilisation, power: 0.02 },
        waitProbability: { value: theory.waitProbability, power: 0.02 },
        meanWait: { value: theory.meanWait, power },
        meanResponse: { value: theory.meanResponse, power },
        meanQueue: { value: theory.meanQueue, power: power + 0.01 },
        meanInSystem: { value: theory.meanInSystem, power },
        waitP95: quantile(mmcWaitQuantile(arrivalRate, serviceRate, 1, 0.95)),
        responseP50: quantile(mm1ResponseQuantile(arrivalRate, serviceRate, 0.5)),
        responseP95: quantile(mm1ResponseQuantile(arrivalRate, serviceRate, 0.95)),
        responseP99: {
          ...quantile(mm1ResponseQuantile(arrivalRate, serviceRate, 0.99)),
          power: 2 * power, // hangs on the few longest busy periods
        },
      }),
    ).toEqual([]);
  });
});
