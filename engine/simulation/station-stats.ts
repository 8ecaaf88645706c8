import { LogHistogram } from '../core/histogram.ts';

/** What a run reports of one station, measured from the end of the warm-up. Times in milliseconds. */
export interface StationReport {
  arrivals: number;
  completed: number;
  /** Of `completed`, work whose caller had left. */
  deadCompleted: number;
  /** Over calls that began service. */
  meanWaitMs: number;
  meanServiceMs: number;
  /** Over completed calls, from arrival at the station. */
  meanResponseMs: number;
  /** Share of arrivals that had to wait; refused ones do not wait. */
  waitProbability: number;
  /** Mean share of servers at work; null when there is no bound on servers. */
  utilisation: number | null;
  p50WaitMs: number;
  p95WaitMs: number;
  p99WaitMs: number;
  /** Time average of calls waiting, and of calls waiting or in service. */
  meanQueue: number;
  meanInStation: number;
  /** Refused at once: the queue was full, or by what protects the station. */
  rejected: number;
  /** Calls whose caller left (or whose patience ended) before they were completed. */
  abandoned: number;
  /** Taken out of the queue unserved by a margin, CoDel, a full replica behind the gate, or a flush. */
  dropped: number;
  /** Calls that joined an identical one in flight; not among `arrivals`. */
  coalesced: number;
  /** Mean wait by priority, when there are several. */
  waitByPriorityMs?: Record<string, number>;
}

/** Counters and time integrals of one station. */
export class StationStats {
  arrivals = 0;
  completed = 0;
  deadCompleted = 0;
  waited = 0;
  rejected = 0;
  abandoned = 0;
  dropped = 0;
  coalesced = 0;
  private started = 0;
  private waitSumMs = 0;
  private serviceSumMs = 0;
  private responseSumMs = 0;
  private readonly waits = new LogHistogram();
  private readonly waitByPriority = new Map<number, { count: number; sumMs: number }>();
  /** Integrals over time of calls waiting and of servers busy, in call-milliseconds. */
  queueAreaMs = 0;
  busyAreaMs = 0;

  onStart(waitMs: number, serviceMs: number, priority: number): void {
    this.started++;
    this.waitSumMs += waitMs;
    this.serviceSumMs += serviceMs;
    this.waits.add(waitMs);
    if (priority < 0) return;
    const p = this.waitByPriority.get(priority);
    if (p) {
      p.count++;
      p.sumMs += waitMs;
    } else this.waitByPriority.set(priority, { count: 1, sumMs: waitMs });
  }

  onComplete(responseMs: number): void {
    this.completed++;
    this.responseSumMs += responseMs;
  }

  report(spanMs: number, servers: number): StationReport {
    const per = (sum: number, n: number): number => (n > 0 ? sum / n : 0);
    const quantile = (p: number): number => (this.waits.total > 0 ? this.waits.quantile(p) : 0);
    const report: StationReport = {
      arrivals: this.arrivals,
      completed: this.completed,
      deadCompleted: this.deadCompleted,
      meanWaitMs: per(this.waitSumMs, this.started),
      meanServiceMs: per(this.serviceSumMs, this.started),
      meanResponseMs: per(this.responseSumMs, this.completed),
      waitProbability: per(this.waited, this.arrivals),
      utilisation: Number.isFinite(servers) ? per(this.busyAreaMs, servers * spanMs) : null,
      p50WaitMs: quantile(0.5),
      p95WaitMs: quantile(0.95),
      p99WaitMs: quantile(0.99),
      meanQueue: per(this.queueAreaMs, spanMs),
      meanInStation: per(this.queueAreaMs + this.busyAreaMs, spanMs),
      rejected: this.rejected,
      abandoned: this.abandoned,
      dropped: this.dropped,
      coalesced: this.coalesced,
    };
    if (this.waitByPriority.size > 1)
      report.waitByPriorityMs = Object.fromEntries(
        [...this.waitByPriority]
          .sort(([a], [b]) => a - b)
          .map(([p, { count, sumMs }]) => [String(p), per(sumMs, count)]),
      );
    return report;
  }
}
