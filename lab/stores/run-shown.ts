/** What the views of a run draw: the run at the place in its time that is looked at. */
import type { Monitor, Pull } from '../../engine/runner/protocol.ts';
import type { CostReport } from '../../engine/simulation/cost-report.ts';
import type { LeverState } from '../../engine/simulation/levers.ts';
import type { Narrative } from '../../engine/simulation/narrative.ts';
import type { NotableEvent } from '../../engine/simulation/notable.ts';
import type { ObjectiveState } from '../../engine/simulation/objectives.ts';
import type { RunTold } from './run-told.svelte.ts';
import type { Series } from './series.ts';

/** Pulls and events are those up to `nowS`, and the series ends there. */
export interface Shown {
  /** Nobody looks back: it is the run's end. */
  readonly live: boolean;
  readonly nowS: number;
  /** Not reactive by itself: read the run's `frames` first. */
  readonly series: Series;
  readonly levers: Record<string, LeverState>;
  readonly pulls: readonly Pull[];
  readonly events: readonly NotableEvent[];
  readonly objectives: readonly ObjectiveState[];
  readonly narrative: Narrative | undefined;
  readonly cost: CostReport | undefined;
  readonly monitor: Monitor | undefined;
}

/** The run's end: whatever the run itself says, and what reads one part of it does not depend on the others. */
export class LiveEnd implements Shown {
  readonly live = true;

  constructor(private readonly run: RunTold) {}

  get nowS(): number {
    return this.run.nowS;
  }
  get series(): Series {
    return this.run.series;
  }
  get levers(): Record<string, LeverState> {
    return this.run.levers;
  }
  get pulls(): readonly Pull[] {
    return this.run.pulls;
  }
  get events(): readonly NotableEvent[] {
    return this.run.events;
  }
  get objectives(): readonly ObjectiveState[] {
    return this.run.objectives;
  }
  get narrative(): Narrative | undefined {
    return this.run.narrative;
  }
  get cost(): CostReport | undefined {
    return this.run.cost;
  }
  get monitor(): Monitor | undefined {
    return this.run.monitor;
  }
}

/** The run as it was at an earlier time, in the engine's own words and judgement of then. */
export function pastOf(run: RunTold, nowS: number): Shown {
  const moment = run.history.at(nowS);
  return {
    live: false,
    nowS,
    series: run.series.until(nowS),
    pulls: run.pulls.filter(({ atS }) => atS <= nowS),
    events: run.events.filter(({ atS }) => atS <= nowS),
    levers: moment?.levers ?? {},
    objectives: moment?.objectives ?? [],
    narrative: moment?.narrative,
    cost: moment?.cost,
    monitor: moment?.monitor,
  };
}
