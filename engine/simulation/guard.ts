import { CircuitBreaker } from '../latency/circuit-breaker.ts';
import { HedgePolicy } from '../latency/hedge.ts';
import type { BreakerSettings, CallerHedgeSettings } from './caller-schema.ts';
import { Connections } from './connections.ts';
import type { BatchingPlugIn } from './plug-ins.ts';
import type { Station } from './station.ts';
import { StationBatch } from './station-batch.ts';
import { Tally } from './tally.ts';

/** How a call ended for the caller: late, its time was up; cancelled, another copy was first, or it never reached the station. */
export type Ending = 'answered' | 'refused' | 'late' | 'cancelled';

/** What stands between the callers and one station. */
export class Guard {
  breaker: CircuitBreaker | null = null;
  hedge: HedgePolicy | null = null;
  readonly connections: Connections | null;
  readonly batch: StationBatch | null;
  private timeouts: BreakerSettings['timeouts'] = 'count';
  /** Tries that found the breaker open, how often it opened; calls, second copies sent, and those of them that answered first. */
  readonly tally = new Tally({ refused: 0, opened: 0, calls: 0, sent: 0, won: 0 });

  constructor(
    readonly station: Station,
    seed: number,
    instances: number,
    /** Which machines the scenario has for this station. */
    readonly has: { breaker: boolean; hedge: boolean },
    gather: BatchingPlugIn | null = null,
  ) {
    const { connections, batch } = station.settings;
    this.connections = connections ? new Connections(connections, station.name, seed, instances) : null;
    this.batch = batch ? new StationBatch(batch, station, seed, gather) : null;
  }

  /** A new machine, which knows nothing of the past. */
  useBreaker(settings: BreakerSettings | undefined): void {
    this.count();
    if (!this.has.breaker || !settings) return;
    this.breaker = settings.on ? new CircuitBreaker(settings) : null;
    this.timeouts = settings.timeouts;
  }
  useHedge(settings: CallerHedgeSettings | undefined): void {
    if (this.has.hedge) this.hedge = settings?.on ? new HedgePolicy(settings) : null;
  }

  /** Tells the breaker how a call ended that took so long. */
  report(ending: Ending, durationMs: number, nowMs: number): void {
    const { breaker } = this;
    if (ending === 'answered') breaker?.onSuccess(nowMs, durationMs);
    else if (ending === 'refused' || (ending === 'late' && this.timeouts === 'count'))
      breaker?.onFailure(nowMs, durationMs);
    else breaker?.onAbandoned(nowMs, durationMs);
  }

  /** Brings the tallies up to date. */
  count(): void {
    for (const { to } of this.breaker?.takeChanges() ?? []) if (to === 'open') this.tally.now.opened++;
    this.connections?.count();
    this.batch?.count();
  }

  /** The end of the warm-up. */
  mark(): void {
    this.count();
    this.tally.mark();
    this.connections?.tally.mark();
    this.batch?.tally.mark();
  }
}
