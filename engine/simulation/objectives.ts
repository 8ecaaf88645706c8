import type { Recorder } from './recorder.ts';
import { atSeconds, type Scenario } from './scenario.ts';

/** Where an objective of the scenario stands, judged over its trailing window. */
export interface ObjectiveState {
  id:
    | 'meanMs'
    | 'hitRate'
    | 'p99Ms'
    | 'errorRate'
    | 'recovery'
    | 'budget'
    | 'costUsd'
    | 'criticalServed'
    | 'memoryShare'
    | 'stallMs';
  /**
   * meanMs, p99Ms: milliseconds. hitRate, errorRate: share. recovery: seconds since the first scripted event, or until the others held for good.
   * budget: pace as a multiple of the day's budget. costUsd: dollars so far. criticalServed: share so far. memoryShare: share of the heaps that is live.
   * stallMs: longest pause of an instance. NaN before there is data.
   */
  value: number;
  target: number;
  met: boolean;
  /** recovery only: not begun, under way, the others hold, or too late. */
  phase?: 'before' | 'running' | 'held' | 'missed';
}

/** Judges the service (times, hit rate, errors) after every interval, and remembers since when they hold. */
export class Objectives {
  /** Seconds from the start of the first scripted event; null when nothing is scripted. */
  readonly surgeS: number | null;
  private heldSinceS: number | null = null;
  private meanMs = NaN;
  private hitRate = NaN;
  private p99Ms = NaN;
  private errorRate = NaN;
  private readonly windowRows: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly recorder: Recorder,
  ) {
    const times = scenario.events.map((e, i) => atSeconds(e.at, scenario, `events.${i}.at`));
    this.surgeS = times.length > 0 ? Math.min(...times) : null;
    this.windowRows = Math.max(1, Math.round((scenario.objectives.windowS * 1000) / recorder.intervalMs));
  }

  onInterval(): void {
    const { recorder } = this;
    const trailing = recorder.meanAndHits(recorder.closed - this.windowRows, recorder.closed);
    this.meanMs = trailing.meanMs;
    this.hitRate = trailing.hitRate;
    const { p99Ms, errorRate } = this.scenario.objectives;
    if (p99Ms !== undefined || errorRate !== undefined) {
      const window = recorder.window(recorder.closed - this.windowRows, recorder.closed);
      this.p99Ms = window.p99Ms;
      this.errorRate = window.errorRate;
    }
    if (!this.isJudged || !this.serviceMet) this.heldSinceS = null;
    else this.heldSinceS ??= (recorder.closed * recorder.intervalMs) / 1000;
  }

  /** True when times, hit rate, errors and memory, as far as they are objectives, are met over the trailing window. */
  get serviceMet(): boolean {
    const { meanMs, hitRate, p99Ms, errorRate } = this.scenario.objectives;
    return (
      (meanMs === undefined || this.meanMs <= meanMs) &&
      (hitRate === undefined || this.hitRate >= hitRate) &&
      (p99Ms === undefined || this.p99Ms <= p99Ms) &&
      (errorRate === undefined || this.errorRate <= errorRate) &&
      this.memoryStates().every((state) => state.met)
    );
  }

  /** What times, hit rate and errors are judged by, as far as they are objectives: figures of the trailing window. */
  judged(): Record<string, number> {
    const ids = ['meanMs', 'hitRate', 'p99Ms', 'errorRate'] as const;
    return Object.fromEntries(
      ids.filter((id) => this.scenario.objectives[id] !== undefined).map((id) => [id, this[id]]),
    );
  }

  /** Seconds from the surge until the objectives hold for good, as far as the run has gone; null when they do not hold. */
  get recoveredAfterS(): number | null {
    if (this.heldSinceS === null || this.surgeS === null || !this.surgeBegun) return null;
    return Math.max(0, this.heldSinceS - this.surgeS);
  }

  states(): ObjectiveState[] {
    const { meanMs, hitRate, recoverWithinS, budgetUsdPerDay } = this.scenario.objectives;
    const states: ObjectiveState[] = [];
    if (meanMs !== undefined)
      states.push({ id: 'meanMs', value: this.meanMs, target: meanMs, met: this.meanMs <= meanMs });
    if (hitRate !== undefined)
      states.push({ id: 'hitRate', value: this.hitRate, target: hitRate, met: this.hitRate >= hitRate });
    const { p99Ms, errorRate } = this.scenario.objectives;
    if (p99Ms !== undefined)
      states.push({ id: 'p99Ms', value: this.p99Ms, target: p99Ms, met: this.p99Ms <= p99Ms });
    if (errorRate !== undefined)
      states.push({
        id: 'errorRate',
        value: this.errorRate,
        target: errorRate,
        met: this.errorRate <= errorRate,
      });
    if (recoverWithinS !== undefined && this.surgeS !== null)
      states.push(this.recovery(recoverWithinS, this.surgeS));
    if (budgetUsdPerDay !== undefined) {
      const pace = this.pace(budgetUsdPerDay);
      states.push({ id: 'budget', value: pace, target: 1, met: pace <= 1 });
    }
    const { costUsd, criticalServed } = this.scenario.objectives;
    if (costUsd !== undefined) {
      const value = this.spentUsd;
      states.push({ id: 'costUsd', value, target: costUsd, met: value <= costUsd });
    }
    if (criticalServed !== undefined) {
      const ended = this.recorder.ended[0]!;
      const value = 1 - this.recorder.givenUp[0]! / ended;
      states.push({ id: 'criticalServed', value, target: criticalServed, met: value >= criticalServed });
    }
    return [...states, ...this.memoryStates()];
  }

  private memoryStates(): ObjectiveState[] {
    if (!this.scenario.memory) return [];
    const { memoryShare, stallMs } = this.scenario.objectives;
    return [
      ...(memoryShare === undefined ? [] : [this.most('memoryShare', 'memory.live', memoryShare)]),
      ...(stallMs === undefined ? [] : [this.most('stallMs', 'memory.longestPauseMs', stallMs)]),
    ];
  }

  /** The greatest value of a column in the trailing window, which may be no more than the target. */
  private most(id: ObjectiveState['id'], column: string, target: number): ObjectiveState {
    const { closed } = this.recorder;
    const window = this.recorder.column(column).subarray(Math.max(0, closed - this.windowRows), closed);
    const value = closed > 0 ? Math.max(...window) : NaN;
    return { id, value, target, met: value <= target };
  }

  /** Model calls and agents of the fleet, since the run began. */
  private get spentUsd(): number {
    const agents = this.scenario.controls.agents ? this.sum('agents.infraUsd') : 0;
    return (this.recorder.total.cost.usd + agents) * this.scenario.fleet.cells;
  }

  private sum(column: string): number {
    return this.recorder
      .column(column)
      .subarray(0, this.recorder.closed)
      .reduce((a, b) => a + b, 0);
  }

  private get isJudged(): boolean {
    const { meanMs, hitRate, p99Ms, errorRate } = this.scenario.objectives;
    return [meanMs, hitRate, p99Ms, errorRate].some((target) => target !== undefined);
  }

  private get nowS(): number {
    return (this.recorder.closed * this.recorder.intervalMs) / 1000;
  }

  private get surgeBegun(): boolean {
    return this.surgeS !== null && this.nowS > this.surgeS;
  }

  private recovery(withinS: number, surgeS: number): ObjectiveState {
    const elapsedS = Math.max(0, this.nowS - surgeS);
    const after = this.recoveredAfterS;
    if (!this.surgeBegun) return { id: 'recovery', value: NaN, target: withinS, met: false, phase: 'before' };
    if (after !== null)
      return { id: 'recovery', value: after, target: withinS, met: after <= withinS, phase: 'held' };
    return {
      id: 'recovery',
      value: elapsedS,
      target: withinS,
      met: false,
      phase: elapsedS > withinS ? 'missed' : 'running',
    };
  }

  /** What a day at the trailing window's rate would cost, as a multiple of the budget. */
  private pace(budgetUsdPerDay: number): number {
    const rows = Math.min(this.windowRows, this.recorder.closed);
    if (rows === 0) return NaN;
    const cost = this.recorder.column('costUsd');
    let usd = 0;
    for (let row = this.recorder.closed - rows; row < this.recorder.closed; row++) usd += cost[row]!;
    const seconds = (rows * this.recorder.intervalMs) / 1000;
    return ((usd * this.scenario.fleet.cells) / seconds) * (86_400 / budgetUsdPerDay);
  }
}
