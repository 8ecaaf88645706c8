import { RandomStream } from '../core/random.ts';
import type { Scenario } from '../simulation/scenario.ts';
import type { Outcome } from './outcome.ts';
import { LeavingOut } from './leaving-out.ts';
import { scoreOf, type Goal } from './score.ts';
import { crossed, randomSetting, varied, type Dimension, type Setting } from './search-space.ts';
import { asGood, comparePromising, compareStandings, isPull, type Standing } from './standing.ts';
import type { TrialRequest } from './trial.ts';
import {
  cheapestFull,
  checkPlan,
  expectedRuns,
  KEEP,
  type CheckedPlan,
  type Rung,
  type TunerPlan,
} from './tuner-plan.ts';
import { recordOf, runKey, settingKey, type TunerRecord } from './tuner-records.ts';

/** One run of the search. */
export interface TunerTrial {
  readonly request: TrialRequest;
  readonly setting: Setting;
  readonly rung: number;
  readonly seed: number;
}

export type { Standing };

export type TunerPhase = 'as it is' | 'searching' | 'leaving out' | 'done';

/** Settings that later brackets start from, of those that had the longest runs. */
const ELITE = 6;

/**
 * Searches the levers of a scenario by successive halving (Jamieson and Talwalkar 2016) in several brackets (Li and others 2018,
 * Hyperband): many settings for a short run, the best third of them for a longer one, and so on. All settings meet the same seeds, so their
 * differences are their own. Later brackets start three quarters from the best so far, varied and crossed. At last levers that do nothing are
 * left out of the winner; when nothing beats the scenario as it is, the winner is to pull nothing.
 *
 * It runs nothing itself: somebody takes trials and brings outcomes, several at once and in any order. What is tried next is decided only when a
 * whole rung is in, so the result does not depend on the number of workers.
 */
export class Tuner {
  phase: TunerPhase = 'as it is';
  /** The scenario untouched, on the last rung. */
  baseline: Standing | null = null;
  /** Settings that could not be run, with the reason; they are out. */
  readonly failures: { setting: Setting; message: string }[] = [];
  private readonly plan: CheckedPlan;
  private readonly random: RandomStream;
  private readonly known = new Map<string, Outcome>();
  private readonly standings = new Map<string, Standing>();
  private readonly failed_ = new Set<string>();
  private waiting: TunerTrial[] = [];
  /** Runs that the search has asked for, and those of them that are not in. */
  private readonly asked = new Set<string>();
  private readonly missing = new Set<string>();
  private batch: Setting[] = [];
  private rung = 0;
  /** Begun so far. */
  private bracket = 0;
  private finals: Standing[] = [];
  private winner: Standing | null = null;
  /** What leaving out is measured by: the best that the brackets found. */
  private found: Standing | null = null;
  private leaving: LeavingOut | null = null;

  /**
   * @param records of an earlier search of the same scenario, with the same overrides and the pull at the same time; those runs are
   * not made again, whatever the goal, the levers and the size of that search.
   * @throws InputError when the plan is wrong.
   */
  constructor(plan: TunerPlan, records: readonly TunerRecord[] = []) {
    this.plan = checkPlan(plan);
    this.random = new RandomStream(this.plan.searchSeed, 'tuner');
    for (const { setting, untilS, seed, outcome } of records)
      if (this.plan.figures.every((figure) => Object.hasOwn(outcome, figure)))
        this.known.set(runKey(setting, untilS, seed), outcome);
    this.want([{}], this.last);
  }

  get scenario(): Scenario {
    return this.plan.checked;
  }
  get goal(): Goal {
    return this.plan.goal;
  }
  get rungs(): readonly Rung[] {
    return this.plan.rungs;
  }
  get space(): readonly Dimension[] {
    return this.plan.space;
  }
  /** When the levers are pulled. */
  get atS(): number {
    return this.plan.atS;
  }
  /** 1 for the first; 0 before it. */
  get bracketNow(): number {
    return this.bracket;
  }
  get brackets(): number {
    return this.plan.brackets;
  }
  /** Settings that begin a bracket. */
  get starts(): number {
    return this.plan.starts;
  }
  get rungNow(): number {
    return this.rung;
  }
  next(): TunerTrial | null {
    return this.waiting.pop() ?? null;
  }

  /** @throws InputError when the outcome has no such figure as the goal. */
  done(trial: TunerTrial, outcome: Outcome): void {
    this.known.set(keyOf(trial), outcome);
    this.settle(keyOf(trial));
  }

  /** A setting that cannot be run is out of the search. False when it is the scenario as it is: then there is nothing to search. */
  failed(trial: TunerTrial, { message }: { message: string }): boolean {
    if (this.phase === 'as it is') {
      this.waiting.push(trial);
      return false;
    }
    const setting = settingKey(trial.setting);
    if (!this.failed_.has(setting)) this.failures.push({ setting: trial.setting, message });
    this.failed_.add(setting);
    const dropped = this.waiting.filter((other) => settingKey(other.setting) === setting);
    this.waiting = this.waiting.filter((other) => settingKey(other.setting) !== setting);
    for (const other of dropped) this.missing.delete(keyOf(other));
    this.settle(keyOf(trial));
    return true;
  }

  /** A trial that was taken will not be finished; it comes next again. */
  release(trial: TunerTrial): void {
    if (this.missing.has(keyOf(trial)) && !this.failed_.has(settingKey(trial.setting)))
      this.waiting.push(trial);
    else this.settle(keyOf(trial));
  }

  /** The best so far, on the longest runs that any has had; once the search is done, without the levers that do nothing. */
  get best(): Standing | null {
    if (this.winner) return this.winner;
    return this.finals[0] ?? this.trials().find(({ setting }) => isPull(setting)) ?? this.baseline;
  }

  /** Every setting tried: those that went furthest first, by score. */
  trials(): Standing[] {
    return [...this.standings.values()].sort((a, b) => b.rung - a.rung || compareStandings(a, b));
  }

  /** Every setting whose runs on a rung are in, whether it went on or not, by score: what can be compared. */
  on(rung: number): Standing[] {
    const { untilS, seeds } = this.rungs[rung]!;
    const { firstSeed } = this.plan;
    return [...this.standings.values()]
      .filter(({ setting }) =>
        Array.from({ length: seeds }, (_, i) => runKey(setting, untilS, firstSeed + i)).every((key) =>
          this.known.has(key),
        ),
      )
      .map(({ setting }) => this.standingOf(setting, rung))
      .sort(compareStandings);
  }

  /** Runs that are in, and about how many there will be. */
  get progress(): { runs: number; expected: number } {
    const runs = this.asked.size - this.missing.size;
    return {
      runs,
      expected: this.phase === 'done' ? runs : Math.max(this.asked.size, expectedRuns(this.plan)),
    };
  }

  /** Everything that was run, also for an earlier search. */
  records(): TunerRecord[] {
    return [...this.known].map(([key, outcome]) => recordOf(key, outcome));
  }

  private get last(): number {
    return this.rungs.length - 1;
  }

  private settle(key: string): void {
    if (this.missing.delete(key) && this.missing.size === 0) this.advance();
  }

  /** Asks for all seeds of a rung for these settings; what is known already is not run. */
  private want(settings: readonly Setting[], rung: number): void {
    const { firstSeed, scenario, overrides, atS, figures } = this.plan;
    const { untilS, seeds } = this.rungs[rung]!;
    const seen = new Set(this.failed_);
    this.batch = settings.filter((s) => !seen.has(settingKey(s)) && seen.add(settingKey(s)));
    this.rung = rung;
    const trials: TunerTrial[] = [];
    for (const setting of this.batch)
      for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
        const pulls = Object.entries(setting).map(([lever, value]) => ({ atS, lever, value }));
        const request = { scenario, overrides, pulls, seed, untilS, figures };
        const trial: TunerTrial = { setting, rung, seed, request };
        const key = keyOf(trial);
        this.asked.add(key);
        if (this.known.has(key)) continue;
        this.missing.add(key);
        trials.push(trial);
      }
    this.waiting = trials.reverse();
    if (trials.length === 0) this.advance();
  }

  /** The rung is complete: who goes on? */
  private advance(): void {
    const ranked = this.batch
      .filter((setting) => !this.failed_.has(settingKey(setting)))
      .map((setting) => this.standingOf(setting, this.rung))
      .sort(compareStandings);
    for (const standing of ranked) {
      const key = settingKey(standing.setting);
      if ((this.standings.get(key)?.rung ?? -1) <= standing.rung) this.standings.set(key, standing);
    }
    if (this.phase === 'as it is') {
      this.baseline = ranked[0]!;
      this.phase = 'searching';
      this.begin();
    } else if (this.phase === 'searching') this.climb(ranked);
    else this.leaveOut(ranked);
  }

  private standingOf(setting: Setting, rung: number): Standing {
    const { firstSeed, goal } = this.plan;
    const { untilS, seeds } = this.rungs[rung]!;
    const outcomes = Array.from({ length: seeds }, (_, i) =>
      this.known.get(runKey(setting, untilS, firstSeed + i))!,
    );
    return { setting, rung, score: scoreOf(outcomes, goal), outcomes };
  }

  private begin(): void {
    this.bracket++;
    this.want(this.beginners(), 0);
  }

  private climb(ranked: readonly Standing[]): void {
    if (this.rung < this.last && ranked.length > 0) {
      const best = [...ranked].sort(comparePromising).slice(0, Math.ceil(ranked.length / KEEP));
      this.want(
        best.map((s) => s.setting),
        this.rung + 1,
      );
      return;
    }
    // A setting may come to the last rung in several brackets; it is one of the best once.
    const all = new Map([...this.finals, ...ranked].map((s) => [settingKey(s.setting), s]));
    this.finals = [...all.values()].sort(compareStandings);
    if (this.bracket < this.plan.brackets) {
      this.begin();
      return;
    }
    this.found = this.winner = [...this.finals, this.baseline!].sort(compareStandings)[0]!;
    this.phase = 'leaving out';
    this.leaving = new LeavingOut(this.found.setting, cheapestFull(this.rungs), this.last);
    this.goOnLeavingOut();
  }

  /** Settings that begin a bracket. */
  private beginners(): Setting[] {
    const { random, space } = this;
    const full = cheapestFull(this.rungs);
    const far = this.trials().filter((s) => s.rung >= full && isPull(s.setting));
    const elite = far
      .sort(comparePromising)
      .slice(0, ELITE)
      .map((s) => s.setting);
    const start = (i: number): Setting => {
      if (elite.length === 0 || i % 4 === 0) return randomSetting(space, random);
      const one = elite[random.below(elite.length)]!;
      if (i % 4 === 1 && elite.length > 1) return crossed(one, elite[random.below(elite.length)]!, random);
      return varied(one, space, random);
    };
    return Array.from({ length: this.plan.starts }, (_, i) => {
      const setting = start(i);
      return isPull(setting) ? setting : randomSetting(space, random);
    });
  }

  private goOnLeavingOut(): void {
    const wanted = this.leaving!.wanted;
    if (wanted) this.want(wanted.settings, wanted.rung);
    else this.phase = 'done';
  }

  private leaveOut(ranked: readonly Standing[]): void {
    const { score } = this.standingOf(this.found!.setting, this.rung);
    const good = ranked.filter((standing) => asGood(standing.score, score));
    this.leaving!.take(good.map(({ setting }) => setting));
    this.winner = good.find(({ setting }) => setting === this.leaving!.setting) ?? this.winner;
    this.goOnLeavingOut();
  }
}

const keyOf = ({ setting, seed, request }: TunerTrial): string => runKey(setting, request.untilS!, seed);
