import { describe, expect, it } from 'vitest';
import { batchWindow } from '../../latency/formulas.ts';
import type { Simulation } from '../simulation.ts';
import { stationReports } from '../summary.ts';
import { oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';

/** Calls a second, and the window in seconds; those of ../shared/truth/queueing.json, as formulas.test.ts checks. */
const POINTS = [
  { rate: 100, windowS: 0.01 },
  { rate: 100, windowS: 0.05 },
  { rate: 1000, windowS: 0.01 },
  { rate: 10, windowS: 0.05 },
];
const SERVICE_MS = 20;

const figures = (simulation: Simulation) => {
  const { batch, arrivals } = stationReports(simulation)['desk']!;
  return {
    meanSize: batch!.meanSize,
    meanWaitMs: batch!.meanWaitMs,
    batchRate: (arrivals * 1000) / simulation.measuredMs,
    meanResponseMs: simulation.systemReport().meanResponseMs,
  };
};
const scenario = (rate: number, windowMs: number, calls = 5000) =>
  oneStation(rate, calls, {
    servers: null,
    service: { law: 'constant', meanMs: SERVICE_MS },
    batch: { on: true, size: 100_000, windowMs },
  });

describe('a batch window', () => {
  it.each(POINTS)('of $windowS s at $rate a second', ({ rate, windowS }) => {
    const theory = batchWindow(rate, windowS);
    expect(
      misfits(overSeeds(scenario(rate, windowS * 1000), figures), {
        meanSize: { value: theory.meanBatch, power: 0.02 },
        meanWaitMs: { value: theory.meanAddedWait * 1000, power: 0.02 },
        batchRate: { value: theory.batchRate, power: 0.02 },
        meanResponseMs: { value: SERVICE_MS + theory.meanAddedWait * 1000, power: 0.02 },
      }),
    ).toEqual([]);
  });

  it('is only a delay where calls are rare', () => {
    // One in a hundred finds company.
    const { meanResponseMs, meanSize } = overSeeds(scenario(0.1, 100, 2000), figures);
    expect(meanSize.mean).toBeLessThan(1.02);
    expect(meanResponseMs.mean).toBeGreaterThan(SERVICE_MS + 99);
  });
});
