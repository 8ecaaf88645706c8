import { RandomStream } from '../core/random.ts';
import { ConnectionPool } from '../latency/connection-pool.ts';
import type { ConnectionsSettings } from './guard-schema.ts';
import { Tally } from './tally.ts';

/** The connection pools of one station: one for each instance, or one that they share. */
export class Connections {
  /** A copy: limits and times may change while the run goes on. */
  readonly settings: ConnectionsSettings;
  readonly pools: ConnectionPool[];
  /** For when a timer is set, by pool; Infinity: none is. */
  readonly timerMs: number[];
  /** All pools together, as of the last `count`. Handshake terms in milliseconds. */
  readonly tally = new Tally({
    requests: 0,
    reused: 0,
    opened: 0,
    waits: 0,
    waitMs: 0,
    timedOut: 0,
    refused: 0,
    races: 0,
    dnsMs: 0,
    tcpMs: 0,
    tlsMs: 0,
  });
  private readonly hostOf: RandomStream;

  constructor(settings: ConnectionsSettings, name: string, seed: number, instances: number) {
    this.settings = { ...settings, handshake: { ...settings.handshake } };
    const n = settings.scope === 'instance' ? instances : 1;
    this.pools = Array.from(
      { length: n },
      (_, i) => new ConnectionPool(this.settings, new RandomStream(seed, `connections:${name}:${i}`)),
    );
    this.timerMs = this.pools.map(() => Infinity);
    this.hostOf = new RandomStream(seed, `hosts:${name}`);
  }

  poolOf(instance: number): number {
    return this.pools.length === 1 ? 0 : instance;
  }

  drawHost(): string {
    const { hosts } = this.settings;
    return hosts === 1 ? '0' : String(this.hostOf.below(hosts));
  }

  /** Brings the tally up to date. */
  count(): void {
    const { now } = this.tally;
    for (const name of Object.keys(now) as (keyof typeof now)[])
      now[name] = this.pools.reduce((sum, { stats }) => {
        if (name === 'timedOut') return sum + stats.timedOutInQueue + stats.timedOutInHandshake;
        return sum + stats[name];
      }, 0);
  }

  levels(nowMs: number): { open: number; inUse: number; waiting: number } {
    const sum = { open: 0, inUse: 0, waiting: 0 };
    for (const pool of this.pools) {
      const { open, inUse, waiting } = pool.levels(nowMs);
      sum.open += open;
      sum.inUse += inUse;
      sum.waiting += waiting;
    }
    return sum;
  }
}
