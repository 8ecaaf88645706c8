import type { Scenario } from '../../../engine/simulation/scenario.ts';
import type { ChartDefinition } from '../definition.ts';
import { heap } from '../memory/heap.ts';
import { pauses } from '../memory/pauses.ts';
import { batch, breaker, connections, hedge, limit, replicas } from './machine-lines.ts';
import { machineStations } from './machine-stations.ts';
import { dropped, shed, work } from './turned-away.ts';

/** More would push the rest off the page. */
const MOST = 2;

/** What a scenario has to show of what protects it: the rarest machine first. */
export function machineCharts(scenario: Scenario): ChartDefinition[] {
  if (scenario.memory) return [heap, pauses];
  const has = machineStations(scenario);
  const all: [string | undefined, ChartDefinition][] = [
    [has.breaker, breaker],
    [has.limit, limit],
    [has.shed, shed],
    [has.codel, dropped],
    [has.hedge, hedge],
    [has.connections, connections],
    [has.batch, batch],
    [has.work, work],
    [has.replicas, replicas],
  ];
  return all.flatMap(([station, chart]) => (station === undefined ? [] : [chart])).slice(0, MOST);
}
