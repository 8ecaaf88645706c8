import { expect, test } from 'vitest';
import { primeDay } from '../../../engine/scenarios/prime-day.ts';
import { columnNames } from '../../../engine/simulation/columns.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import { settingNow } from '../../stores/live-settings.ts';
import { Series } from '../../stores/series.ts';
import { topologyFigures } from './topology-figures.ts';

const scenario = parseScenario(primeDay);
const names = columnNames(scenario);

function figures(row: Record<string, number>, levers = {}) {
  const series = new Series(names, 1);
  for (let i = 0; i < 3; i++)
    series.append(
      i,
      1,
      Float64Array.from(names, (name) => row[name] ?? 0),
    );
  return topologyFigures(series, scenario, (path) => settingNow(scenario, levers, 0, path))!;
}

const storm = {
  arrivals: 570,
  completed: 570,
  tries: 2280,
  retries: 1710,
  'tier.l1.lookups': 2280,
  'tier.l2.lookups': 2280,
  'station.redis.busy': 0.38,
  'station.pool.arrivals': 2280,
  'station.pool.completed': 20,
  'station.pool.busy': scenario.stations['pool']!.servers!,
  'station.pool.queue': 294_000,
  'station.pool.dead': 287_238,
};

test('a retry storm', () => {
  const { usersPerS, nodes, flows, loop } = figures(storm);
  expect(usersPerS).toBe(57_000);
  expect(nodes.map(({ name, on }) => [name, on])).toEqual([
    ['l4', false],
    ['l1', true],
    ['l2', true],
    ['l3', false],
    ['pool', true],
  ]);
  // Up to the first tier that is on only users arrive; from there on their retries, too.
  expect(flows.map(({ perS }) => perS)).toEqual([57_000, 57_000, 228_000, 228_000, 228_000]);
  expect(flows[2]!.retryShare).toBe(0.75);
  expect(loop).toEqual({ retriesPerS: 171_000, into: 1, from: 4, timeoutMs: 3000, tries: 4 });
  const [, l1, l2, , pool] = nodes;
  expect(l2!.busy).toBeCloseTo(0.38);
  expect(l1!.busy).toBeNull();
  expect(pool).toMatchObject({
    queue: 29_400_000,
    busy: 1,
    completedPerS: 2000,
    model: 'gpt-4',
    tier: 'model',
  });
  expect(pool!.deadShare).toBeCloseTo(0.977);
});

test('in everyday traffic nothing comes back; a tier’s share and fill', () => {
  const { nodes, loop } = figures({
    ...storm,
    tries: 1000,
    retries: 5,
    'station.pool.queue': 0,
    'station.pool.dead': 0,
    'tier.l1.hits': 285,
    'tier.l1.entries': scenario.tiers['l1']!.capacityEntries * scenario.instances * 0.25,
  });
  expect(loop).toBeUndefined();
  expect(nodes[1]).toMatchObject({ answered: 0.5, full: 0.25 });
  expect(nodes[4]!.deadShare).toBe(0);
});

test('the edge switched on takes the retries first; before the first interval there is nothing to show', () => {
  expect(figures(storm, { l4: { on: true } }).loop?.into).toBe(0);
  expect(topologyFigures(new Series(names, 1), scenario, () => undefined)).toBeUndefined();
});
