import type { Measures } from '../cost/graduated-actions.ts';
import { timesPpm } from '../cost/money.ts';
import type { Rule } from '../cost/rules/rule.ts';
import type { Task } from '../cost/task.ts';
import type { Chooser, Wish } from './chooser.ts';
import type { Job } from './job.ts';
import { Night, type GatewayClock } from './night.ts';
import type { GatewaySettings } from './settings.ts';
import type { Treasury } from './treasury.ts';

const PPM = 1_000_000;

/** What measures, rules and the hour of day make of a request, before a model is chosen for it. */
export class Policy {
  /** Hit rate of the caches before the gateway, for the rules; NaN: not known. */
  hitRate = NaN;
  private readonly night: Night;

  /** @param u uniform random number for a job, to spread deferred work. */
  constructor(
    private readonly settings: GatewaySettings,
    private readonly clock: GatewayClock,
    private readonly treasury: Treasury,
    private readonly chooser: Chooser,
    u: (job: number) => number,
  ) {
    this.night = new Night(settings, clock, chooser.slowestMs, u);
  }

  /** Who refuses the request, or null. Otherwise the job has its rule from now on. */
  refusal(job: Job, nowMs: number): 'measures' | 'rule' | null {
    const { task } = job;
    if (this.measures(task, nowMs).refuses[task.criticality]) return 'measures';
    if (!this.settings.rulesOn) return null;
    job.rule = this.ruleFor(task, nowMs);
    const then = job.rule?.then;
    if (then?.refuse === true) return 'rule';
    if (then?.maxOutputTokens !== undefined)
      job.maxOutputTokens = Math.min(job.maxOutputTokens, then.maxOutputTokens);
    return null;
  }

  /** When the job starts, `nowMs` or later. */
  startMs(job: Job, nowMs: number): number {
    const { task } = job;
    if (!task.deferrable) return nowMs;
    const told = job.rule?.then.defer === true || applies(this.measures(task, nowMs), 'defer', task);
    return this.night.startMs(job, told, nowMs);
  }

  /**
   * Whether the job waits for others to share its call, and which model it is to have.
   * @param alone it does not.
   */
  wish(job: Job, alone: boolean, nowMs: number): { batch: boolean; wish: Wish } {
    const { task, maxOutputTokens } = job;
    const measures = this.measures(task, nowMs);
    const then = job.rule?.then;
    const batch =
      !alone && (this.settings.batching.on || then?.batch === true || applies(measures, 'batch', task));
    const epochMs = this.clock.epochMs(nowMs);
    return {
      batch,
      wish: {
        maxOutputTokens,
        discountPpm: this.pricePpm(batch, epochMs),
        worstPpm: batch ? PPM : this.pricePpm(false, epochMs),
        model: then?.model ?? null,
        cheapest: applies(measures, 'cheaperModels', task),
        only: false,
      },
    };
  }

  /** What is paid of the list price by a call that starts now, alone or with others. */
  pricePpm(shared: boolean, epochMs: number): number {
    const ppm = this.night.pricePpm(epochMs);
    return shared ? timesPpm(ppm, Math.round((1 - this.settings.batchDiscount) * PPM)) : ppm;
  }

  private measures(task: Task, nowMs: number): Measures {
    return this.treasury.measures(task, this.clock.epochMs(nowMs));
  }

  private ruleFor(task: Task, nowMs: number): Rule | null {
    const epochMs = this.clock.epochMs(nowMs);
    return this.chooser.rule(task, {
      nowMs,
      hour: this.clock.msOfDay(epochMs) / 3_600_000,
      budgetUsed: this.treasury.share(task, epochMs),
      hitRate: this.hitRate,
      warm: this.chooser.isWarm(task, epochMs),
    });
  }
}

/** Whether a measure in force is for tasks like this one. */
function applies(measures: Measures, measure: 'cheaperModels' | 'batch' | 'defer', task: Task): boolean {
  return measures[measure] && measures.touches[task.criticality];
}
