/** Something a person watching would point at. `kind` is stable; the wording is the narrative's. */
export type NotableKind =
  | 'scripted' // an event of the scenario: data.label, data.kind
  | 'pull' // a lever: data.lever, data.value
  | 'saturated' // a station's servers all busy and a queue standing: data.station
  | 'relieved' // that queue is gone: data.station
  | 'slow' // mean response passed its objective
  | 'collapse' // hardly any request is answered in time any more
  | 'plateau' // nearly every request runs into all its time-outs: data.plateauMs
  | 'metastable' // the load is back where it was, and the collapse is not: data.sinceS
  | 'alert' // spending reached a threshold: data.budget, data.threshold, data.share
  | 'refusing' // a budget refuses for the first time in its window: data.budget
  | 'measures' // other graduated actions are in force: data.level, data.name
  | 'decision' // the keeper has changed the servers: data.station, from, to, why, meanMs, arrivalsPerS
  | 'interrupted' // spot agents were reclaimed: data.agents
  | 'pause' // an instance stands still for its memory: data.pauseMs, share
  | 'outOfMemory' // processes that began anew: data.instances
  | 'recovered'; // the objectives hold again: data.afterS

export interface NotableEvent {
  atS: number;
  kind: NotableKind;
  data: Record<string, string | number | boolean | null>;
}
