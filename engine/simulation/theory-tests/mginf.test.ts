import { describe, expect, it } from 'vitest';
import type { Law } from '../../core/distributions.ts';
import { deskFigures, oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';

describe('M/G/∞', () => {
  const laws: Law[] = [
    { law: 'constant', meanMs: 2000 },
    { law: 'exponential', meanMs: 2000 },
    { law: 'lognormal', meanMs: 2000, sigma: 1 },
  ];
  it.each(laws)('holds rate × mean service, whatever the law ($law)', (service) => {
    const estimates = overSeeds(oneStation(50, 20_000, { servers: null, service }), deskFigures);
    expect(misfits(estimates, { meanInSystem: { value: 100, power: 0.02 }, meanResponse: 2 })).toEqual([]);
    expect(estimates.waitProbability.mean).toBe(0);
    expect(estimates.meanWait.mean).toBe(0);
  });
});
