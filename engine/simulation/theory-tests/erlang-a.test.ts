import { describe, expect, it } from 'vitest';
import { erlangA } from '../theory.ts';
import { deskFigures, oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';
import { ERLANG_A } from './points.ts';

describe('Erlang A', () => {
  it.each(ERLANG_A)('loses the impatient at $arrivalRate a second, impatience $impatience', (point) => {
    const { arrivalRate, serviceRate, servers, impatience } = point;
    const scenario = oneStation(arrivalRate, 60_000, {
      servers,
      service: { law: 'exponential', meanMs: 1000 / serviceRate },
      patience: { law: 'exponential', meanMs: 1000 / impatience },
    });
    const theory = erlangA(arrivalRate, serviceRate, servers, impatience);
    expect(
      misfits(overSeeds(scenario, deskFigures), {
        waitProbability: { value: theory.waitProbability, power: 0.03 },
        abandonProbability: { value: theory.abandonProbability },
        meanQueue: { value: theory.meanQueue },
        throughput: { value: arrivalRate * (1 - theory.abandonProbability), power: 0.02 },
      }),
    ).toEqual([]);
  });
});
