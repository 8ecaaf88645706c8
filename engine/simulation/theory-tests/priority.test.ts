import { describe, expect, it } from 'vitest';
import type { Simulation } from '../simulation.ts';
import { stationReports } from '../summary.ts';
import { mg1, priorityWaits } from '../theory.ts';
import { oneStation } from '../../trust/one-station.ts';
import { misfits, overSeeds } from './over-seeds.ts';
import { PRIORITY } from './points.ts';

describe('non-preemptive priority', () => {
  const [{ rates, serviceRate }] = PRIORITY;
  const total = rates[0] + rates[1];
  const scenario = (discipline: 'priority' | 'fifo') =>
    oneStation(
      total,
      100_000,
      { service: { law: 'exponential', meanMs: 1000 / serviceRate }, discipline },
      {
        load: {
          ratePerS: total,
          // Listed in the other order, so that the place in the list cannot pass for the priority.
          classes: [
            { name: 'patient', share: rates[1] / total, priority: 1 },
            { name: 'urgent', share: rates[0] / total, priority: 0 },
          ],
        },
      },
    );
  const waits = (simulation: Simulation) => {
    const desk = stationReports(simulation)['desk']!;
    return {
      urgent: desk.waitByPriorityMs!['0']! / 1000,
      patient: desk.waitByPriorityMs!['1']! / 1000,
      all: desk.meanWaitMs / 1000,
    };
  };
  const classes = rates.map((rate) => ({ rate, meanService: 1 / serviceRate, scv: 1 }));
  const meanWait = mg1(total, 1 / serviceRate, 1).meanWait;

  it('gives each class the wait of Cobham’s formula, and all together that of M/M/1', () => {
    const [urgent, patient] = priorityWaits(classes);
    expect(
      misfits(overSeeds(scenario('priority'), waits), { urgent: urgent!, patient: patient!, all: meanWait }),
    ).toEqual([]);
  });

  it('makes no difference when the station serves first come first served', () => {
    expect(
      misfits(overSeeds(scenario('fifo'), waits), { urgent: meanWait, patient: meanWait, all: meanWait }),
    ).toEqual([]);
  });
});
