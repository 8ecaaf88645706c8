import type { ControlsSettings } from './controls-schema.ts';
import { mmc } from './theory.ts';
import type { World } from './world.ts';

export type KeeperSettings = NonNullable<ControlsSettings['keeper']>;

/** What the keeper saw, what it did and why: figures of the stretch since its last look. */
export interface Decision {
  atS: number;
  from: number;
  to: number;
  arrivalsPerS: number;
  serviceMs: number;
  /** Of all requests, and what it should be. */
  meanMs: number;
  targetMs: number;
  /** Mean wait that the new number of servers is expected to give, by Erlang C. */
  expectedWaitMs: number;
  why: 'load' | 'wait' | 'spare' | 'limit';
}

/** Aims below the target by this, for what chance adds. */
const AIM = 0.8;
/** Fewer servers are taken only when at least this share is spare, and no more than this share at once. */
const SPARE = 0.1;
const STEP_DOWN = 0.15;

/**
 * An online controller: keeps the mean response at its objective while load and service drift, with as few servers as that takes.
 *
 * Each look measures arrivals, service time and response since the last one, extends the trend of the arrivals by one step, and takes the least
 * number of servers whose wait by Erlang C leaves the response below the aim (feed-forward). What the formula gets wrong, the share by which
 * the measured wait exceeds the expected one corrects from look to look (feedback). It knows no profile and no future.
 *
 * Its failure: what comes faster than it looks. A surge within one interval is seen when it is there.
 */
export class Keeper {
  on: boolean;
  targetMs: number;
  readonly decisions: Decision[] = [];
  readonly everyMs: number;
  private last = { arrivals: 0, completed: 0, busyAreaMs: 0, waitAreaMs: 0, ended: 0, latencyMs: 0 };
  private lastRate = NaN;
  private lastMs = 0;
  /** Measured wait over expected wait, smoothed. */
  private bias = 1;
  private expectedWaitMs = NaN;

  constructor(
    readonly settings: KeeperSettings,
    private readonly world: World,
  ) {
    this.on = settings.on;
    this.targetMs = settings.targetMs;
    this.everyMs = settings.everyS * 1000;
  }

  get servers(): number {
    return this.station.servers;
  }

  private get station(): World['stations'][number] {
    return this.world.stations.find((s) => s.name === this.settings.station)!;
  }

  tick(nowMs: number): void {
    const { station, world, settings } = this;
    world.integrate();
    const { stats } = station;
    const { total } = world.recorder;
    const now = {
      arrivals: stats.arrivals,
      completed: stats.completed,
      busyAreaMs: stats.busyAreaMs,
      waitAreaMs: stats.queueAreaMs,
      ended: total.completed + world.recorder.completed,
      latencyMs: total.latencySumMs + world.recorder.latencySumMs,
    };
    const { last } = this;
    const spanMs = nowMs - this.lastMs;
    this.last = now;
    this.lastMs = nowMs;
    const arrivals = now.arrivals - last.arrivals;
    const completed = now.completed - last.completed;
    const ended = now.ended - last.ended;
    if (spanMs <= 0 || arrivals === 0 || completed === 0 || ended === 0) return;
    const perMs = arrivals / spanMs;
    const serviceMs = (now.busyAreaMs - last.busyAreaMs) / completed;
    const waitMs = (now.waitAreaMs - last.waitAreaMs) / arrivals;
    const meanMs = (now.latencyMs - last.latencyMs) / ended;
    const trend = Number.isNaN(this.lastRate) ? 0 : perMs - this.lastRate;
    this.lastRate = perMs;
    if (!this.on) {
      // Waits of servers that somebody else has set say nothing about its own expectation.
      this.expectedWaitMs = NaN;
      return;
    }
    if (this.expectedWaitMs > 0.5)
      this.bias = Math.min(4, Math.max(0.5, 0.7 * this.bias + (0.3 * waitMs) / this.expectedWaitMs));

    const asked = arrivals / ended;
    const restMs = Math.max(0, meanMs - asked * waitMs);
    const allowedMs = Math.max(1, (AIM * this.targetMs - restMs) / asked);
    // Work that waits already must be done, too, within the next stretch.
    const backlogPerMs = station.waiting / this.everyMs;
    const coming = Math.max(perMs, perMs + trend) + backlogPerMs;
    const wanted = this.leastServers(coming, serviceMs, allowedMs / this.bias);
    const from = Math.min(station.servers, settings.maxServers);
    let to = Math.min(settings.maxServers, Math.max(settings.minServers, wanted));
    if (to < from) to = to < from * (1 - SPARE) ? Math.max(to, Math.floor(from * (1 - STEP_DOWN))) : from;
    this.expectedWaitMs = mmc(perMs, 1 / serviceMs, to).meanWait;
    if (!Number.isFinite(this.expectedWaitMs)) this.expectedWaitMs = NaN;
    if (to === from) return;
    world.setServers(station, to);
    this.decisions.push({
      atS: nowMs / 1000,
      from,
      to,
      arrivalsPerS: perMs * 1000,
      serviceMs,
      meanMs,
      targetMs: this.targetMs,
      expectedWaitMs: this.expectedWaitMs,
      why:
        to < from
          ? 'spare'
          : wanted > settings.maxServers
            ? 'limit'
            : meanMs > this.targetMs
              ? 'wait'
              : 'load',
    });
  }

  /** The least number of servers whose mean wait is within bounds; one above the limit when none is. */
  private leastServers(perMs: number, serviceMs: number, waitMs: number): number {
    const { minServers, maxServers } = this.settings;
    let low = Math.max(minServers, Math.floor(perMs * serviceMs) + 1);
    let high = maxServers + 1;
    if (low >= high) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (mmc(perMs, 1 / serviceMs, middle).meanWait <= waitMs) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
