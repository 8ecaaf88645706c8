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
  | 'breaker' // data.station, state (open, half-open, stuck, closed), failures or failureRate and windowMs, or times it opened
  | 'limit' // the limit on calls has halved or doubled: data.station, from, to, why (losses, waits, room)
  | 'shedding' // of one class, begun or over: data.station, class, began, share
  | 'codel' // drops, begun or over: data.station, began, perS
  | 'tooLate' // calls dropped as their callers' deadline is near, begun or over: data.station, began, perS
  | 'queueFull' // a bounded queue refuses, begun or over: data.station, began, perS
  | 'retryBudget' // retries held back, begun or over: data.began, perS
  | 'hedges' // data.station, state: capped (second calls held back) or crowding (so many that they are the load), share
  | 'connections' // calls wait for connections, begun or over: data.station, began, waiting
  | 'batch' // items without an answer in their batch: data.station, perS, fallback
  | 'recovered'; // the objectives hold again: data.afterS

export interface NotableEvent {
  atS: number;
  kind: NotableKind;
  data: Record<string, string | number | boolean | null>;
}
