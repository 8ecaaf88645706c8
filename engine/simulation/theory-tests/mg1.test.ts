import { describe, expect, it } from 'vitest';
import { mg1 } from '../theory.ts';
import { deskFigures, oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';
import { MG1 } from './points.ts';

describe('M/G/1', () => {
  it.each(MG1)('meets Pollaczek and Khinchine with $service.law service (SCV $scv)', (point) => {
    const { arrivalRate, scv, service } = point;
    // The more the service varies, the longer the busy periods that must average out.
    const customers = scv > 2 ? 80_000 : scv < 0.5 ? 25_000 : 70_000;
    const scenario = oneStation(arrivalRate, customers, { service });
    const theory = mg1(arrivalRate, 0.1, scv);
    const power = scv > 2 ? 0.12 : 0.06;
    expect(
      misfits(overSeeds(scenario, deskFigures), {
        utilisation: { value: theory.utilisation, power: 0.02 },
        waitProbability: { value: theory.waitProbability, power: 0.02 },
        meanWait: { value: theory.meanWait, power },
        meanResponse: { value: theory.meanResponse, power },
        meanQueue: { value: theory.meanQueue, power },
        meanInSystem: { value: theory.meanInSystem, power },
      }),
    ).toEqual([]);
  });
});
