import { Batcher } from '../latency/batcher.ts';
import { NONE, type Job } from './job.ts';
import type { GatewayPort } from './port.ts';
import type { GatewaySettings } from './settings.ts';

/** A pending timer: the window of a batch, or a deferred job. */
interface Timer {
  group: number;
  generation: number;
  deferred: Job | null;
}

/** Requests for which nothing runs yet: they wait for a batch or for the night. */
export class WaitingRoom {
  readonly batcher: Batcher;
  /** Requests that wait for the night. */
  deferred = 0;
  private readonly gathered = new Map<number, Job>();
  private readonly timers = new Map<number, Timer>();
  /** Groups of batches by agent type; one number for each model. */
  private readonly groups = new Map<string, number>();
  private lastTimer = 0;

  constructor(
    private readonly settings: GatewaySettings,
    private readonly models: number,
    private readonly port: GatewayPort,
  ) {
    this.batcher = new Batcher(settings.batching);
  }

  /** Timers that have not come; some may have nothing to do any more. */
  get pendingTimers(): number {
    return this.timers.size;
  }

  defer(job: Job, untilMs: number): void {
    this.deferred++;
    this.setTimer({ group: NONE, generation: 0, deferred: job }, untilMs);
    this.hold(job, untilMs, 'off-peak');
  }

  /** Waits with others of its agent type and model; the batch that it completes, or null. */
  gather(job: Job, nowMs: number): Job[] | null {
    const { batcher } = this;
    const group = this.groupOf(job);
    this.gathered.set(job.id, job);
    // A rule or a measure may want a batch where the settings do not.
    const { batching } = this.settings;
    batcher.settings = batching.on ? batching : { ...batching, on: true };
    const added = batcher.add(group, job.id, nowMs);
    if (typeof added === 'object') return this.leave(added);
    const untilMs = batcher.dueMs(group);
    if (added === 'opened')
      this.setTimer({ group, generation: batcher.generation(group), deferred: null }, untilMs);
    this.hold(job, untilMs, 'batch');
    return null;
  }

  /** A timer has come: whose time that is, or null. */
  due(timerId: number, nowMs: number): { deferred: Job } | { batch: Job[] } | null {
    const timer = this.timers.get(timerId);
    if (!timer) return null;
    this.timers.delete(timerId);
    const { deferred, group, generation } = timer;
    if (deferred === null) {
      const ids = this.batcher.due(group, generation, nowMs);
      return ids && { batch: this.leave(ids) };
    }
    if (!deferred.held) return null;
    deferred.held = false;
    this.deferred--;
    return { deferred };
  }

  /** The job's caller has gone. */
  remove(job: Job): void {
    job.held = false;
    if (this.gathered.delete(job.id)) this.batcher.remove(this.groupOf(job), job.id);
    else this.deferred--;
  }

  private hold(job: Job, untilMs: number, why: 'batch' | 'off-peak'): void {
    job.held = true;
    this.port.held?.(job.ref, why, untilMs, job);
  }

  private setTimer(timer: Timer, atMs: number): void {
    const id = ++this.lastTimer;
    this.timers.set(id, timer);
    this.port.timer(id, atMs);
  }

  private leave(ids: readonly number[]): Job[] {
    return ids.map((id) => {
      const job = this.gathered.get(id)!;
      this.gathered.delete(id);
      job.held = false;
      return job;
    });
  }

  /** Batches are of one agent type and one model. */
  private groupOf({ model, task }: Job): number {
    let group = this.groups.get(task.agentType);
    if (group === undefined) this.groups.set(task.agentType, (group = this.groups.size));
    return group * this.models + model;
  }
}
