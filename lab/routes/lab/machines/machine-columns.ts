import { CRITICALITIES } from '../../../../engine/cost/task.ts';
import type { Scenario } from '../../../../engine/simulation/scenario.ts';
import { breakerState } from '../../../charts/protection/machine-lines.ts';
import type { MachineReading } from '../../../charts/protection/machine-reading.ts';
import { machineStations } from '../../../charts/protection/machine-stations.ts';
import { amount, perSecond } from '../../../charts/small-rate.ts';
import { count, milliseconds, NOTHING, percent } from '../../../format.ts';

export interface MachineColumn {
  head: string;
  text: (reading: MachineReading) => string;
}

/** Columns of the table for what a scenario has of it. */
export function machineColumns(scenario: Scenario): MachineColumn[] {
  const has = machineStations(scenario);
  const column = (head: string, text: MachineColumn['text']): MachineColumn => ({ head, text });
  return [
    ...(has.breaker
      ? [
          column('Breaker', ({ breaker }) => breakerState(breaker?.state)),
          column('Not asked', ({ breaker }) => perSecond(breaker?.refusedPerS)),
        ]
      : []),
    ...(has.limit
      ? [
          column('Limit', ({ limit }) => (limit?.limit === null ? 'off' : count(limit?.limit))),
          column('Inside', ({ limit }) => count(limit?.inside)),
          column('Over it', ({ limit }) => perSecond(limit?.refusedPerS)),
        ]
      : []),
    ...(has.shed
      ? CRITICALITIES.map((c, i) => column(`Shed ${c}`, ({ shedPerS }) => perSecond(shedPerS?.[i])))
      : []),
    ...(has.codel
      ? [
          column('CoDel', ({ dropped }) => perSecond(dropped?.codelPerS)),
          column('Full', ({ dropped }) => perSecond(dropped?.fullPerS)),
        ]
      : []),
    ...(has.hedge
      ? [
          column('Sent twice', ({ hedge }) => percent(hedge?.extraShare)),
          column('After', ({ hedge }) => milliseconds(hedge?.delayMs)),
        ]
      : []),
    ...(has.connections
      ? [
          column('Open', ({ connections }) => count(connections?.open)),
          column('Wait', ({ connections }) => count(connections?.waiting)),
          column('Anew', ({ connections }) => percent(connections?.freshShare, 0)),
        ]
      : []),
    ...(has.batch
      ? [
          column('A call', ({ batch }) => amount(batch?.size)),
          column('Missing', ({ batch }) => perSecond(batch?.missingPerS)),
        ]
      : []),
    ...(has.work ? [column('For nobody', ({ work }) => perSecond(work?.deadPerS))] : []),
    ...(has.replicas
      ? [
          column('Longest', ({ replicas }) => (replicas ? count(Math.max(...replicas.queue)) : NOTHING)),
          column('Failed', ({ replicas }) => perSecond(replicas?.failedPerS)),
        ]
      : []),
    ...(scenario.memory
      ? [
          column('Live', ({ memory }) => percent(memory?.live, 0)),
          column('Heap', ({ memory }) => percent(memory?.share, 0)),
          column('Pause', ({ memory }) => milliseconds(memory?.longestPauseMs)),
          column('Collected', ({ memory }) => count(memory?.collections)),
        ]
      : []),
  ];
}
