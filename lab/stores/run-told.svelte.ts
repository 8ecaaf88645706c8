import type { Frame, Monitor, Pull, RunState } from '../../engine/runner/protocol.ts';
import type { CostReport } from '../../engine/simulation/cost-report.ts';
import type { LeverState } from '../../engine/simulation/levers.ts';
import type { Narrative } from '../../engine/simulation/narrative.ts';
import type { NotableEvent } from '../../engine/simulation/notable.ts';
import type { ObjectiveState } from '../../engine/simulation/objectives.ts';
import { RunHistory } from './run-history.ts';
import { LiveEnd, pastOf, type Shown } from './run-shown.ts';
import { Series } from './series.ts';

/** What the worker has told of a run so far, and the place in the run's time that is looked at. */
export class RunTold {
  state = $state<RunState>('paused');
  nowS = $state(0);
  requests = $state(0);
  requestsPerS = $state(0);
  objectives = $state.raw<ObjectiveState[]>([]);
  narrative = $state.raw<Narrative | undefined>();
  levers = $state.raw<Record<string, LeverState>>({});
  pulls = $state.raw<Pull[]>([]);
  /** Who has spent what; undefined for a scenario without a gateway. */
  cost = $state.raw<CostReport | undefined>();
  /** What is used and what to change; undefined before an interval has ended. */
  monitor = $state.raw<Monitor | undefined>();
  events = $state.raw<NotableEvent[]>([]);
  fingerprint = $state<string | undefined>();
  recoveredAfterS = $state<number | null | undefined>();
  /** Grows with each frame, so that what reads the series knows of new rows. */
  frames = $state(0);
  /** Not reactive by itself: read `frames` first. */
  series = new Series([], 1);
  /** How it stood at its earlier times; read `frames` first. */
  history = new RunHistory();
  /** The earlier time that is looked at; undefined while it is the run's end. */
  scrubS = $state<number | undefined>();

  private readonly liveEnd = new LiveEnd(this);
  private readonly past = $derived.by(() => {
    if (this.scrubS === undefined) return undefined;
    void this.frames;
    return pastOf(this, this.scrubS);
  });

  /** What is to be drawn: the run at the place that is looked at. */
  get shown(): Shown {
    return this.past ?? this.liveEnd;
  }

  /** @throws Error when its rows do not follow on those that are there */
  protected takeIn(frame: Frame): void {
    this.series.append(frame.fromInterval, frame.rows, frame.series);
    if (frame.moments) this.history.append(frame.moments);
    this.nowS = frame.nowS;
    this.requests = frame.requests;
    this.requestsPerS = frame.requestsPerS;
    this.state = frame.state;
    if (frame.events.length > 0) this.events = [...this.events, ...frame.events];
    if (frame.objectives) this.objectives = frame.objectives;
    if (frame.narrative) this.narrative = frame.narrative;
    if (frame.levers) this.levers = frame.levers;
    if (frame.pulls) this.pulls = frame.pulls;
    if (frame.cost) this.cost = frame.cost;
    if (frame.monitor) this.monitor = frame.monitor;
    if (frame.fingerprint !== undefined) this.fingerprint = frame.fingerprint;
    if (frame.recoveredAfterS !== undefined) this.recoveredAfterS = frame.recoveredAfterS;
    this.frames++;
  }

  protected forgetWhatWasTold(): void {
    this.state = 'paused';
    this.nowS = this.requests = this.requestsPerS = this.frames = 0;
    this.objectives = [];
    this.narrative = undefined;
    this.levers = {};
    this.pulls = [];
    this.events = [];
    this.cost = undefined;
    this.monitor = undefined;
    this.fingerprint = this.recoveredAfterS = undefined;
    this.series = new Series([], 1);
    this.history = new RunHistory();
    this.scrubS = undefined;
  }
}
