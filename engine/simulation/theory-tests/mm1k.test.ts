import { describe, expect, it } from 'vitest';
import { mm1k } from '../theory.ts';
import { deskFigures, oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';
import { MM1K } from './points.ts';

describe('M/M/1/K', () => {
  it.each(MM1K)('refuses its share with $places places at $arrivalRate a second', (point) => {
    const { arrivalRate, serviceRate, places } = point;
    const scenario = oneStation(arrivalRate, 60_000, {
      service: { law: 'exponential', meanMs: 1000 / serviceRate },
      maxQueue: places - 1, // the one in service needs no place in the queue
    });
    const theory = mm1k(arrivalRate, serviceRate, places);
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
