import type { Scenario } from '../../../engine/simulation/scenario.ts';
import { readingOf, type Reading, type ReadMachines, type ReadMore } from '../../charts/reading.ts';
import type { TimeWindow } from '../../charts/time-window.ts';
import type { Series } from '../../stores/series.ts';

const MOST_ROWS = 20;
const ROUND_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400];

/** The part of the window that has been simulated, in at most 20 rows of a round number of seconds each, latest first. */
export function tableRows(
  series: Series,
  scenario: Scenario,
  { fromS, toS }: TimeWindow,
  more?: ReadMore,
  machines?: ReadMachines,
): Reading[] {
  const endS = Math.min(toS, series.endS);
  const rowS = ROUND_S.find((s) => s >= series.intervalS && (endS - fromS) / s <= MOST_ROWS) ?? endS - fromS;
  const size = Math.max(1, Math.round(rowS / series.intervalS));
  const first = Math.floor(fromS / series.intervalS);
  const rows: Reading[] = [];
  for (let from = first; from < Math.floor(endS / series.intervalS); from += size) {
    const to = Math.min(from + size, series.length);
    const row = readingOf(series, scenario, from, to);
    rows.push({
      ...row,
      ...(more ? { money: more(series, scenario, from, to) } : {}),
      ...(machines ? { machines: machines(series, scenario, from, to) } : {}),
    });
  }
  return rows.reverse();
}
