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
  | 'recovered'; // the objectives hold again: data.afterS

export interface NotableEvent {
  atS: number;
  kind: NotableKind;
  data: Record<string, string | number | boolean | null>;
}
