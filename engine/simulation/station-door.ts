import { concurrencyLimit, type ConcurrencyLimit } from '../latency/concurrency-limit.ts';
import { CriticalityShedder, type CriticalityClass } from '../latency/shedder.ts';
import type { StationLimitSettings, StationSettings, StationShedSettings } from './station-schema.ts';
import { Tally } from './tally.ts';

/**
 * What stands before a station's servers: shedding by criticality, then a limit on the calls in the station.
 *
 * The machines have fixed settings, so a change while a run goes on makes a new one, which begins with what it knows at the start:
 * everybody is let in, and the limit is `initial`.
 */
export class StationDoor {
  readonly shed: StationShedSettings | null;
  readonly limit: StationLimitSettings | null;
  /** By class, of those that came and those that were shed; and calls that the limit refused. */
  readonly tally = new Tally({
    came0: 0,
    came1: 0,
    came2: 0,
    came3: 0,
    shed0: 0,
    shed1: 0,
    shed2: 0,
    shed3: 0,
    overLimit: 0,
  });
  private shedder: CriticalityShedder | null = null;
  private limiter: ConcurrencyLimit | null = null;

  constructor({ shed, limit }: Pick<StationSettings, 'shed' | 'limit'>) {
    this.shed = shed ? { ...shed } : null;
    this.limit = limit ? { ...limit } : null;
    this.renewShedder();
    this.renewLimiter();
  }

  /** The settings have changed. */
  renewShedder(): void {
    const { shed } = this;
    this.shedder = shed?.on
      ? new CriticalityShedder({ ...shed, relaxDelayMs: Math.min(shed.relaxDelayMs, shed.delayMs) })
      : null;
  }
  /** The settings have changed. */
  renewLimiter(): void {
    const { limit } = this;
    if (!limit?.on) {
      this.limiter = null;
      return;
    }
    const max = Math.max(limit.min, limit.max);
    const settings = { ...limit, max, initial: Math.max(limit.min, Math.min(max, limit.initial)) };
    this.limiter =
      settings.kind === 'fixed'
        ? { limit: settings.initial, onSample: () => undefined }
        : concurrencyLimit({ ...settings, kind: settings.kind } as Parameters<typeof concurrencyLimit>[0]);
  }

  get isShedding(): boolean {
    return this.shedder !== null;
  }

  /** The limit in force; NaN when there is none. */
  get limitNow(): number {
    return this.limiter?.limit ?? NaN;
  }

  /** Whether the call is shed. @param criticality any whole number of 0 or more; beyond 3 counts as 3, the lowest. */
  sheds(criticality: number, userHash: number, nowMs: number): boolean {
    if (this.shedder === null) return false;
    const c = Math.min(3, criticality) as CriticalityClass;
    this.tally.now[`came${c}`]++;
    if (this.shedder.admits(c, userHash, nowMs)) return false;
    this.tally.now[`shed${c}`]++;
    return true;
  }

  /** Whether one more may join so many in the station. */
  isOpen(inStation: number): boolean {
    return this.limiter === null || inStation < this.limiter.limit;
  }

  /** Whether one more may wait outside beside so many. */
  hasPlace(outside: number): boolean {
    return this.limiter !== null && outside < this.limit!.queue;
  }

  /** A call left the queue after so long, to be served or dropped. */
  onWaited(waitMs: number, nowMs: number): void {
    this.shedder?.onDequeue(waitMs, nowMs);
  }

  /** A call that the limit had let in is over. @param inStation itself included. @param lost nobody waited for it any more, or it was dropped. */
  onEnd(rttMs: number, inStation: number, lost: boolean, nowMs: number): void {
    this.limiter?.onSample(rttMs, inStation, lost, nowMs);
  }
}
