import { expect, test } from 'vitest';
import { modelBill } from '../../../../engine/scenarios/model-bill.ts';
import { columnNames } from '../../../../engine/simulation/columns.ts';
import { parseScenario } from '../../../../engine/simulation/scenario.ts';
import { Series } from '../../../stores/series.ts';
import { topologyFigures } from '../topology-figures.ts';
import { gatewayFigures } from './gateway-figures.ts';

const scenario = parseScenario(modelBill);
const names = columnNames(scenario);
const seriesOf = (row: Record<string, number>): Series => {
  const series = new Series(names, 60);
  for (let i = 0; i < 5; i++)
    series.append(
      i,
      1,
      Float64Array.from(names, (name) => row[name] ?? 0),
    );
  return series;
};

const refusing = {
  arrivals: 540,
  'background.arrivals': 60,
  'tier.l1.lookups': 600,
  'gateway.requests': 300,
  'gateway.calls': 90,
  'gateway.refusedBudget': 200,
  'gateway.refusedMeasures': 10,
  'station.large.arrivals': 60,
  'station.small.arrivals': 30,
  'spend.model.gpt-4': 9,
  'spend.model.gpt-3.5-turbo': 1,
  costUsd: 10,
  'budget.company.limitUsd': 1000,
  'budget.company.spentUsd': 1002,
  'budget.company.overshootUsd': 2,
  'budget.research.limitUsd': 1000,
  'budget.research.spentUsd': 300,
  'budget.research.reservedUsd': 100,
  'background.waiting': 40,
  'gateway.measures': 1,
  'agents.ready': 4,
  'station.agents.busy': 20,
};

test('what it lets through, what it refuses, and the tightest budget', () => {
  expect(gatewayFigures(seriesOf(refusing), scenario)).toMatchObject({
    requestsPerS: 5,
    callsPerS: 1.5,
    refusedShare: 0.7,
    waiting: 40,
    level: 1,
    levelName: 'save',
    budget: { name: 'company', spent: 1.002, overspent: true },
    models: [
      { name: 'gpt-4', callsPerS: 1, costShare: 0.9 },
      { name: 'gpt-4-turbo', callsPerS: 0, costShare: 0 },
      { name: 'gpt-3.5-turbo', callsPerS: 0.5, costShare: 0.1 },
    ],
  });
});

test('the path has the gateway as a node, users are all who ask, and a pool’s servers are its agents’', () => {
  const { nodes, usersPerS } = topologyFigures(seriesOf(refusing), scenario, () => undefined)!;
  expect(nodes.map(({ name, kind }) => [name, kind])).toEqual([
    ['l1', 'tier'],
    ['l2', 'tier'],
    ['agents', 'station'],
    ['gateway', 'gateway'],
  ]);
  expect(usersPerS).toBe(10);
  expect(nodes[3]!.arrivalsPerS).toBe(5);
  // 4 agents of 10 slots each, 20 of them busy.
  expect(nodes[2]).toMatchObject({ busy: 0.5, agents: 4 });
});

test('before the first interval, and without a gateway, there is nothing to show', () => {
  expect(gatewayFigures(new Series(names, 60), scenario)).toBeUndefined();
});
