import { within } from '../core/errors.ts';
import { ENGINE_VERSION } from '../core/version.ts';
import { CostWatch } from './cost-watch.ts';
import { Detector } from './detector.ts';
import { fingerprint } from './fingerprint.ts';
import { leverChanges, leverState, type Change, type LeverState, type PullValue } from './levers.ts';
import { LiveSettings } from './live-settings.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { NotableEvent } from './notable.ts';
import { Objectives } from './objectives.ts';
import { applyOverrides, type Override } from './overrides.ts';
import { checkPlugIns, type PlugIns } from './plug-ins.ts';
import { ProtectionWatch } from './protection-watch.ts';
import type { RequestTracer } from './request-trace-recorder.ts';
import { atSeconds, parseScenario, type Scenario, type SettingValue } from './scenario.ts';
import { World } from './world.ts';

/** A lever pulled at a time of the run, by lever id or by the path of a live setting. */
export interface Pull {
  atS: number;
  lever: string;
  value: PullValue;
}

interface Scheduled {
  atMs: number;
  changes: Change[];
  event: NotableEvent;
}

/**
 * One run: a world under the clock of its scenario. It closes the series' intervals, applies scripted events and pulled
 * levers at their times, and watches what a person would point at.
 *
 * A run is defined by (scenario with overrides, seed, pulls, plug-ins, engine version); how it is cut into `advanceTo` calls
 * makes no difference.
 */
export class Simulation {
  readonly scenario: Scenario;
  readonly world: World;
  readonly objectives: Objectives;
  readonly events: NotableEvent[] = [];
  readonly pulls: Pull[] = [];
  readonly durationMs: number;
  /** When each event of the scenario happens, seconds from the start, in the scenario's order. */
  readonly scriptedAtS: number[];
  /** System-wide counters at the end of the warm-up. */
  private warm = { completed: 0, latencySumMs: 0, arrivals: 0 };
  private readonly live: LiveSettings;
  readonly detector: Detector;
  private readonly costWatch: CostWatch;
  private readonly memoryWatch: MemoryWatch;
  private readonly protectionWatch: ProtectionWatch;
  private readonly schedule: Scheduled[] = [];
  private warmedUp: boolean;

  /** @throws InputError when scenario, overrides or pulls are wrong, or a plug-in has no place in the scenario. */
  constructor(
    scenario: unknown,
    readonly seed: number,
    options: {
      overrides?: readonly Override[];
      pulls?: readonly Pull[];
      plugIns?: PlugIns;
      /** Looks on, and changes nothing. */
      tracer?: RequestTracer;
    } = {},
  ) {
    this.scenario = applyOverrides(parseScenario(scenario), options.overrides ?? []);
    this.durationMs = this.scenario.durationS * 1000;
    checkPlugIns(this.scenario, options.plugIns);
    this.world = new World(this.scenario, seed, options.plugIns, options.tracer);
    this.live = new LiveSettings(this.world);
    this.objectives = new Objectives(this.scenario, this.world.recorder);
    this.detector = new Detector(this.world, this.objectives);
    this.costWatch = new CostWatch(this.world);
    this.memoryWatch = new MemoryWatch(this.world);
    this.protectionWatch = new ProtectionWatch(this.world);
    this.warmedUp = this.scenario.warmupS === 0;
    this.scriptedAtS = this.scenario.events.map((e, i) => atSeconds(e.at, this.scenario, `events.${i}.at`));
    for (const [i, e] of this.scenario.events.entries()) {
      const place = `events.${i}`;
      const changes = Object.entries(e.set).map(([path, value]) => ({ path, value }));
      for (const change of changes) this.live.check(change, `${place}.set`);
      const atS = this.scriptedAtS[i]!;
      this.plan(atS, changes, { atS, kind: 'scripted', data: { label: e.label, kind: e.kind } });
    }
    for (const lever of this.scenario.levers) this.checkLever(lever.id);
    for (const [name, { pulls }] of Object.entries(this.scenario.presets))
      within(`presets.${name}.pulls`, () => {
        for (const [lever, value] of Object.entries(pulls)) this.changesOf({ atS: 0, lever, value });
      });
    for (const pull of options.pulls ?? []) this.planPull(pull);
    this.schedule.sort((a, b) => a.atMs - b.atMs);
    this.applyDue();
  }

  get nowMs(): number {
    return this.world.nowMs;
  }
  get done(): boolean {
    return this.world.nowMs >= this.durationMs;
  }
  get engine(): string {
    return ENGINE_VERSION;
  }

  /** Simulates up to `endMs` or the end of the run. */
  advanceTo(endMs: number): void {
    const { world } = this;
    const { recorder } = world;
    const end = Math.min(endMs, this.durationMs);
    while (world.nowMs < end) {
      // The last interval ends with the run: a sum of intervals may miss its end by a rounding.
      const last = recorder.closed + 1 >= recorder.intervals;
      const intervalEndMs = last ? this.durationMs : (recorder.closed + 1) * recorder.intervalMs;
      const dueMs = this.schedule[0]?.atMs ?? Infinity;
      const warmMs = this.warmedUp ? Infinity : this.scenario.warmupS * 1000;
      world.advanceTo(Math.min(end, intervalEndMs, dueMs, warmMs));
      if (world.nowMs >= warmMs) this.endWarmup();
      if (world.nowMs >= intervalEndMs) {
        world.integrate();
        recorder.close();
        this.objectives.onInterval();
        this.events.push(
          ...this.detector.onInterval(),
          ...this.costWatch.onInterval(),
          ...this.memoryWatch.onInterval(),
          ...this.protectionWatch.onInterval(),
        );
      }
      this.applyDue();
    }
  }

  /** Simulates to the end. */
  run(): this {
    this.advanceTo(this.durationMs);
    return this;
  }

  /** Pulls a lever now. @throws InputError for an unknown lever or a value it cannot take. */
  pull(lever: string, value: PullValue): Pull {
    const pull = { atS: this.nowMs / 1000, lever, value };
    const changes = this.changesOf(pull);
    this.pulls.push(pull);
    this.make(changes);
    this.events.push(this.pullEvent(pull));
    return pull;
  }

  /** Value of a live setting now; undefined for an action and for a path that is none. */
  settingNow(path: string): SettingValue | undefined {
    return this.live.read(path);
  }

  /** Present state of every lever of the scenario. */
  leverStates(): Record<string, LeverState> {
    return Object.fromEntries(
      this.scenario.levers.map((l) => [l.id, leverState(l, (path) => this.live.read(path))]),
    );
  }

  /** System-wide figures since the warm-up, for Little's law on the whole. */
  systemReport(): { arrivals: number; completed: number; meanResponseMs: number; meanInSystem: number } {
    const { recorder } = this.world;
    this.world.integrate();
    const completed = recorder.total.completed + recorder.completed - this.warm.completed;
    return {
      arrivals: recorder.total.requests + recorder.arrivals - this.warm.arrivals,
      completed,
      meanResponseMs:
        completed > 0
          ? (recorder.total.latencySumMs + recorder.latencySumMs - this.warm.latencySumMs) / completed
          : 0,
      meanInSystem: this.world.callers.outcomes.underWayAreaMs / this.measuredMs,
    };
  }

  /** Milliseconds since the warm-up. */
  get measuredMs(): number {
    return Math.max(0, this.nowMs - this.scenario.warmupS * 1000);
  }

  fingerprint(): string {
    return fingerprint(this);
  }

  private endWarmup(): void {
    this.warmedUp = true;
    const { recorder } = this.world;
    this.world.resetStatistics();
    this.warm = {
      completed: recorder.total.completed + recorder.completed,
      latencySumMs: recorder.total.latencySumMs + recorder.latencySumMs,
      arrivals: recorder.total.requests + recorder.arrivals,
    };
  }

  private applyDue(): void {
    while (this.schedule.length > 0 && this.schedule[0]!.atMs <= this.world.nowMs) {
      const due = this.schedule.shift()!;
      this.make(due.changes);
      this.events.push(due.event);
    }
  }

  private make(changes: readonly Change[]): void {
    for (const change of changes) this.live.apply(change);
  }

  private planPull(pull: Pull): void {
    const changes = this.changesOf(pull);
    this.plan(pull.atS, changes, this.pullEvent(pull));
    this.pulls.push(pull);
  }

  private plan(atS: number, changes: Change[], event: NotableEvent): void {
    // Whole microseconds, so that a time in seconds comes back as the millisecond it was taken at.
    this.schedule.push({ atMs: Math.round(atS * 1e6) / 1000, changes, event });
  }

  private pullEvent({ atS, lever, value }: Pull): NotableEvent {
    return { atS, kind: 'pull', data: { lever, value } };
  }

  private changesOf({ lever, value }: Pull): Change[] {
    const known = this.scenario.levers.some((l) => l.id === lever);
    const changes =
      !known && (lever.includes('.') || this.scenario.levers.length === 0)
        ? [{ path: lever, value: plainValue(value) }]
        : leverChanges(this.scenario, lever, value);
    for (const change of changes) this.live.check(change, `lever ${lever}`);
    return changes;
  }

  /** A lever of the scenario must move settings that exist. */
  private checkLever(id: string): void {
    const lever = this.scenario.levers.find((l) => l.id === id)!;
    const { control } = lever;
    const values =
      control.kind === 'switch'
        ? [control.on, control.off]
        : control.kind === 'action'
          ? [control.value]
          : [];
    for (const value of values) this.live.check({ path: control.path, value }, `levers.${id}`);
    for (const path of [control.path, lever.param?.path])
      if (path !== undefined && !this.live.paths().includes(path))
        this.live.check({ path, value: null }, `levers.${id}`);
  }
}

/** A value typed on a command line for a plain setting: numbers and booleans are recognised. */
export function plainValue(value: PullValue): Change['value'] {
  if (typeof value !== 'string') return value;
  if (value === 'true' || value === 'on') return true;
  if (value === 'false' || value === 'off') return false;
  if (value === 'null') return null;
  const n = Number(value);
  return value.trim() !== '' && Number.isFinite(n) ? n : value;
}
