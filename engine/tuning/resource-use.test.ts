import { describe, expect, it } from 'vitest';
import { connections } from '../scenarios/connections.ts';
import { memorySqueeze } from '../scenarios/memory-squeeze.ts';
import { modelBill } from '../scenarios/model-bill.ts';
import { Simulation } from '../simulation/simulation.ts';
import { resourceUse } from './resource-use.ts';

describe('what is used', () => {
  it('servers and queues: two clerks with more than they can do', () => {
    const run = new Simulation(
      {
        name: 'desk',
        durationS: 200,
        load: { ratePerS: 4 },
        path: ['desk'],
        stations: { desk: { title: 'Desk', servers: 2, service: { law: 'constant', meanMs: 1000 } } },
        caller: { timeoutMs: 10_000 },
      },
      1,
    );
    expect(resourceUse(run)).toEqual([]);
    run.advanceTo(100_000);
    const [desk] = resourceUse(run);
    expect(desk).toMatchObject({ kind: 'servers', name: 'desk', title: 'Desk', servers: 2 });
    if (desk?.kind !== 'servers') throw new Error('expected servers');
    expect(desk.busy).toBeCloseTo(2, 5);
    // Twice as many come as are served; who leaves after 10 s is still in the queue.
    expect(desk.queue).toBeGreaterThan(150);
    expect(desk.dead).toBeGreaterThan(100);
    expect(desk.dead).toBeLessThan(desk.queue);
  });

  it('connections', () => {
    const run = new Simulation(connections, 1);
    run.advanceTo(120_000);
    expect(resourceUse(run)).toMatchObject([
      { kind: 'servers', servers: null },
      { kind: 'connections', open: 12, most: 12, reusedShare: 0 },
    ]);
  });

  it('memory', () => {
    const run = new Simulation({ ...memorySqueeze, durationS: 300 }, 1);
    run.advanceTo(100_000);
    const memory = resourceUse(run).find(({ kind }) => kind === 'memory');
    expect(memory).toMatchObject({ title: 'Heaps', heapMb: 2048 });
    if (memory?.kind !== 'memory') throw new Error('expected memory');
    expect(memory.liveShare).toBeLessThanOrEqual(memory.takenShare);
    expect(memory.liveShare).toBeGreaterThan(0);
  });

  it('budgets', () => {
    const run = new Simulation({ ...modelBill, durationS: 7200 }, 1);
    run.advanceTo(3600_000);
    const budgets = resourceUse(run).filter(({ kind }) => kind === 'budget');
    expect(budgets).toMatchObject([
      { name: 'company', title: 'Budget company, this day', limitUsd: 30_000 },
      { name: 'research' },
    ]);
  });
});
