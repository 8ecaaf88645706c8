import { describe, expect, it } from 'vitest';
import { memorySqueeze } from '../scenarios/memory-squeeze.ts';
import { primeDay } from '../scenarios/prime-day.ts';
import { slowReplica } from '../scenarios/slow-replica.ts';
import { leverChanges } from '../simulation/levers.ts';
import { parseScenario } from '../simulation/scenario.ts';
import { asLever } from './recommend-lever.ts';

const day = parseScenario(primeDay);

describe('a setting as the lever that a learner would pull', () => {
  it.each([
    ['stations.pool.servers', 70, { lever: 'poolSize', value: 70 }],
    ['caller.retryBudget.on', true, { lever: 'retryBudget', value: true }],
    ['stations.pool.deadlineMarginMs', 2100, { lever: 'deadlineMargin', value: 2100 }],
    ['stations.pool.deadlineMarginMs', null, { lever: 'deadlineMargin', value: false }],
    ['stations.pool.model', 'gpt-4-turbo', { lever: 'model', value: 'gpt-4-turbo' }],
    ['tiers.l3.on', true, { lever: 'l3', value: true }],
  ] as const)('%s %s', (path, value, lever) => {
    expect(asLever(day, path, value)).toEqual(lever);
    expect(leverChanges(day, lever.lever, lever.value)).toEqual([{ path, value }]);
  });

  it('in the unit that the lever shows', () => {
    const squeeze = parseScenario(memorySqueeze);
    expect(asLever(squeeze, 'memory.keepS', 600)).toEqual({ lever: 'keep', value: 10 });
    expect(asLever(parseScenario(slowReplica), 'stations.pool.replicas.kind', 'p2c-ewma')).toEqual({
      lever: 'balancer',
      value: 'p2c-ewma',
    });
  });

  it('by its path where no lever makes just this change', () => {
    expect(asLever(day, 'stations.pool.servers', 9999)).toEqual({
      lever: 'stations.pool.servers',
      value: 9999,
    });
    expect(asLever(day, 'tiers.l1.ttlS', 7200)).toEqual({ lever: 'tiers.l1.ttlS', value: 7200 });
  });
});
