import type { Scenario, SettingValue } from '../../../../engine/simulation/scenario.ts';
import { breakerState } from '../../../charts/protection/machine-lines.ts';
import { machineReading } from '../../../charts/protection/machine-reading.ts';
import { machineStations, type MachineStations } from '../../../charts/protection/machine-stations.ts';
import { amount } from '../../../charts/small-rate.ts';
import { count, percent } from '../../../format.ts';
import type { Series } from '../../../stores/series.ts';

export interface MachineNote {
  text: string;
  /** It holds the system back, or is used up. */
  bad: boolean;
}

/** Rates are means over the last intervals, as in the figures beside. */
const INTERVALS = 5;

/** How the machines of each node stand, by its name on the path. */
export function machineNotes(
  series: Series,
  scenario: Scenario,
  setting: (path: string) => SettingValue | undefined,
): Record<string, MachineNote[]> {
  const to = series.length;
  if (to === 0) return {};
  const stations = machineStations(scenario);
  const now = machineReading(series, scenario, Math.max(0, to - INTERVALS), to);
  const notes: Record<string, MachineNote[]> = {};
  const note = (machine: keyof MachineStations, text: string, bad = false): void => {
    const station = stations[machine]!;
    const node = scenario.path.find((name) => name === station || scenario.tiers[name]?.station === station);
    if (node) (notes[node] ??= []).push({ text, bad });
  };
  const on = (path: string): boolean => setting(path) === true;
  const at = (machine: keyof MachineStations, rest: string): string =>
    `stations.${stations[machine]}.${rest}`;
  const { breaker, limit, shedPerS, hedge, connections, batch, dropped, replicas } = now;
  if (breaker && breaker.state !== null)
    note('breaker', `breaker ${breakerState(breaker.state)}`, breaker.state > 0);
  if (limit && limit.limit !== null) note('limit', `at most ${count(limit.limit)}`, limit.refusedPerS > 0);
  if (shedPerS && on(at('shed', 'shed.on'))) {
    const total = shedPerS.reduce((a, b) => a + b, 0);
    note('shed', total > 0 ? `sheds ${amount(total)}/s` : 'sheds nobody', total > 0);
  }
  if (dropped && on(at('codel', 'codel.on')))
    note(
      'codel',
      dropped.codelPerS > 0 ? `drops ${amount(dropped.codelPerS)}/s` : 'CoDel rests',
      dropped.codelPerS > 0,
    );
  if (hedge && on('caller.hedge.on')) note('hedge', `${percent(hedge.extraShare, 0)} sent twice`);
  if (connections) {
    const most = setting(at('connections', 'connections.maxPerHost'));
    const of = typeof most === 'number' ? ` of ${most}` : '';
    const wait = connections.waiting > 0 ? ` · ${count(connections.waiting)} wait` : '';
    note('connections', `${count(connections.open)}${of} open${wait}`, wait !== '');
  }
  if (batch && on(at('batch', 'batch.on'))) note('batch', `${amount(batch.size)} a call`);
  if (replicas) {
    const worst = Math.max(...replicas.queue);
    const total = replicas.queue.reduce((a, b) => a + b, 0);
    if (worst > 0.6 * total && worst > 10)
      note('replicas', `replica ${replicas.queue.indexOf(worst) + 1} behind`, true);
  }
  return notes;
}
