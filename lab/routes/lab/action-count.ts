import type { LeverSettings } from '../../../engine/simulation/lever-schema.ts';
import type { Scenario } from '../../../engine/simulation/scenario.ts';
import { count } from '../../format.ts';
import type { Series } from '../../stores/series.ts';

/** How many waiting calls of the fleet a flush would drop now; empty for any other action. */
export function actionCount(control: LeverSettings['control'], series: Series, scenario: Scenario): string {
  const station = /^stations\.(.+)\.flush$/.exec(control.path)?.[1];
  if (control.kind !== 'action' || station === undefined || series.length === 0) return '';
  const column = `station.${station}.${control.value === 'dead' ? 'dead' : 'queue'}`;
  return series.has(column) ? count(series.at(column, series.length - 1) * scenario.fleet.cells) : '';
}
