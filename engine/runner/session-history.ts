import { costReport } from '../simulation/cost-report.ts';
import { narrate } from '../simulation/narrative.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { Moment } from './protocol.ts';
import type { SessionAdvice } from './session-advice.ts';

/** Moments that a whole run has, besides those at its events. */
const MOMENTS = 600;
/** Who has spent what, and what to recommend, is looked at at every so many of them: both take longer, and change slowly. */
const RARELY = 5;

/** What is left out of a moment where it is what it was before. */
type Part = Exclude<keyof Moment, 'atS'>;

/**
 * What the engine says of a run at its past times, so that a page can go back to them. A simulation cannot run backwards, and to run it
 * again up to each place that a learner drags over would take seconds; so it is asked at fixed simulated times while it runs, and what
 * it says goes to the page with the frames. The times are ends of intervals: an even share of the run, the end of each interval
 * in which something happened, and the end. They do not depend on the pace, so a run's history is the same however it was played.
 *
 * Its size is bounded by the run's length, not by how long it is looked at: at most 600 moments and those at events; a part that has not
 * changed is sent once. Reading changes nothing in the run.
 */
export class SessionHistory {
  private readonly everyRows: number;
  private readonly said = new Map<Part, string>();
  private unsent: Moment[] = [];
  private rows = 0;
  private events = 0;

  constructor(
    private readonly simulation: Simulation,
    private readonly advice: SessionAdvice,
  ) {
    this.everyRows = Math.max(1, Math.ceil(simulation.world.recorder.intervals / MOMENTS));
    this.note();
  }

  /** Simulated time beyond which the run may not be taken before the next `look`. */
  get nextMs(): number {
    return this.simulation.world.recorder.openEndMs;
  }

  /** To be called when the run has been taken on. */
  look(): void {
    const { simulation, everyRows } = this;
    const { closed } = simulation.world.recorder;
    if (closed === this.rows) return;
    this.rows = closed;
    if (closed % everyRows === 0 || simulation.events.length > this.events || simulation.done) this.note();
  }

  /** Those since the last call. */
  take(): Moment[] {
    return this.unsent.splice(0);
  }

  private note(): void {
    const { simulation, advice, everyRows, rows } = this;
    this.events = simulation.events.length;
    const moment: Moment = { atS: simulation.nowMs / 1000 };
    this.put(moment, 'objectives', simulation.objectives.states());
    this.put(moment, 'narrative', narrate(simulation));
    this.put(moment, 'levers', simulation.leverStates());
    if (rows % (everyRows * RARELY) === 0 || simulation.done) {
      const cost = costReport(simulation.world);
      if (cost) this.put(moment, 'cost', cost);
      if (rows > 0) this.put(moment, 'monitor', advice.seen(simulation));
    }
    this.unsent.push(moment);
  }

  private put<P extends Part>(moment: Moment, part: P, value: NonNullable<Moment[P]>): void {
    const text = JSON.stringify(value);
    if (this.said.get(part) === text) return;
    this.said.set(part, text);
    moment[part] = value;
  }
}
