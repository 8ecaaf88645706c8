import { expect, test } from 'vitest';
import { primeDay } from '../../../engine/scenarios/prime-day.ts';
import { columnNames } from '../../../engine/simulation/columns.ts';
import { parseScenario } from '../../../engine/simulation/scenario.ts';
import { Series } from '../../stores/series.ts';
import { tableRows } from './table-rows.ts';

test('at most 20 rows of a round length, the latest first, the part that was simulated', () => {
  const scenario = parseScenario(primeDay);
  const names = columnNames(scenario);
  const series = new Series(names, 1);
  series.append(0, 1185, new Float64Array(1185 * names.length));
  const rows = tableRows(series, scenario, { fromS: 900, toS: 1500 });
  expect(rows).toHaveLength(19); // 285 s in rows of 15 s
  expect(rows[0]!.atS).toBe(1185);
  expect(rows[1]!.atS).toBe(1170);
  expect(rows.at(-1)!.atS).toBe(915);
  expect(tableRows(series, scenario, { fromS: 1185, toS: 1500 })).toEqual([]);
});
