import { expect, it } from 'vitest';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { RandomStream } from '../core/random.ts';
import type { PoolEffect } from '../latency/connection-pool-effects.ts';
import { connectionPoolSettings } from '../latency/connection-pool-settings.ts';
import type { ConnectionPool } from '../latency/connection-pool.ts';
import type { Guard } from '../simulation/guard.ts';
import { handWorked } from '../simulation/hand-worked.ts';
import { permits } from './connection-port.ts';
import { LivePool, type Lease } from './pool-driver.ts';
import { advance, virtualClock } from './testing/virtual-clock.ts';

const POOL = {
  maxTotal: 4,
  maxPerHost: 2,
  keepAliveMs: 400,
  serverKeepAliveMs: 350,
  raceMs: 40,
  maxWaiting: 6,
  timeoutMs: 300,
  handshake: { dnsMs: 5, tcpMs: 10, tlsMs: 20 },
};

const END_MS = 100_000;

/** What the simulator asked of its pool, in order. Requests are numbered in the order of asking. */
type Deed =
  | { atMs: number; do: 'acquire'; request: number; host: string; idempotent: boolean }
  | { atMs: number; do: 'release'; request: number; reusable: boolean }
  | { atMs: number; do: 'leave'; request: number }
  | { atMs: number; do: 'look' };

interface Report {
  effects: string[];
  stats: object;
}

const told = (effect: PoolEffect, request: number): string => {
  if (effect.kind !== 'granted') return `${effect.kind} ${request}`;
  const { connection, reused, handshake, waitedMs, retry } = effect;
  const { dns, tcp, tls } = handshake;
  return `granted ${request}: ${connection.id} at ${connection.host}, ${reused} ${retry} ${waitedMs} ${dns} ${tcp} ${tls}`;
};

/** Runs it in virtual time; 100 ms of service, three hosts, callers who leave, and servers that close what is idle. */
function simulated(
  settings: object,
  idempotent: boolean,
  timeoutMs: number,
): { deeds: Deed[]; report: Report } {
  const random = new RandomStream(8, 'times');
  const exact = (ms: number): number => Math.floor(ms * 1024) / 1024;
  const times = Array.from({ length: 2000 }, (_, i) => {
    // One in four comes in a burst, every 3 s.
    if (i % 4 > 0) return exact(random.uniform() * 90_000);
    return 3000 * random.below(30) + exact(random.uniform() * 50);
  });
  const { simulation } = handWorked(
    {
      path: ['desk'],
      stations: {
        desk: {
          servers: null,
          service: { law: 'exponential', meanMs: 100 },
          connections: { ...settings, idempotent, hosts: 3, scope: 'shared' },
        },
      },
      caller: { timeoutMs },
    },
    times.sort((a, b) => a - b).map((ms) => [ms, 0]),
  );
  const { world } = simulation;
  const { visits } = world as unknown as { visits: { guards: readonly Guard[] } };
  const pool = visits.guards[0]!.connections!.pools[0]!;
  const deeds: Deed[] = [];
  const effects: string[] = [];
  const numberOf = new Map<number, number>();
  const holder = new Map<number, number>();
  let asked = 0;
  const watched = <K extends 'acquire' | 'release' | 'cancel' | 'onTimer'>(
    name: K,
    note: (...args: Parameters<ConnectionPool[K]>) => void,
  ): void => {
    const act = pool[name].bind(pool) as (...args: unknown[]) => PoolEffect[];
    (pool[name] as unknown) = (...args: Parameters<ConnectionPool[K]>) => {
      note(...args);
      const done = act(...args);
      for (const effect of done) {
        const request = numberOf.get(effect.request.id)!;
        if (effect.kind === 'granted') holder.set(effect.connection.id, request);
        effects.push(`${world.nowMs} ${told(effect, request)}`);
      }
      return done;
    };
  };
  watched('acquire', (request, host, atMs) => {
    numberOf.set(request.id, ++asked);
    deeds.push({ atMs, do: 'acquire', request: asked, host, idempotent: request.idempotent });
  });
  watched('release', ({ id }, atMs, { reusable }) => {
    deeds.push({ atMs, do: 'release', request: holder.get(id)!, reusable });
  });
  watched('cancel', (id, atMs) => deeds.push({ atMs, do: 'leave', request: numberOf.get(id)! }));
  watched('onTimer', (atMs) => deeds.push({ atMs, do: 'look' }));
  simulation.run();
  pool.levels(END_MS);
  return { deeds, report: { effects, stats: { ...pool.stats } } };
}

/** Does the same deeds with promises. */
async function live(settings: object, deeds: readonly Deed[]): Promise<Report> {
  const time = new VirtualTime();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const effects: string[] = [];
  const pool = new LivePool({
    settings: connectionPoolSettings(settings),
    port: permits,
    clock: virtualClock(time),
    onEffect: (effect, nowMs) => effects.push(`${nowMs} ${told(effect, effect.request.id)}`),
  });
  const leases = new Map<number, Lease<object>>();
  const callers = new Map<number, AbortController>();
  for (const deed of deeds) {
    await advance(time, deed.atMs, settle);
    if (deed.do === 'acquire') {
      const { request, host, idempotent } = deed;
      const caller = new AbortController();
      callers.set(request, caller);
      pool.acquire(host, { idempotent, signal: caller.signal }).then(
        (lease) => leases.set(request, lease),
        () => {},
      );
    } else if (deed.do === 'leave') callers.get(deed.request)!.abort();
    else if (deed.do === 'release') leases.get(deed.request)!.release({ reusable: deed.reusable });
    await settle();
  }
  await advance(time, END_MS, settle);
  return { effects, stats: { ...pool.pool.stats } };
}

it.each<[boolean, number, number, string[]]>([
  [true, 120, 180.5, ['races', 'retries', 'timedOutInQueue']],
  [false, 200, 180.5, ['races']],
  // Who meets a closed connection leaves before he knows.
  [true, 200, 70.5, ['cancelled']],
])(
  'the live pool and the simulated one do the same for the same requests; sent again: %s, %d ms in the queue, %d ms in all',
  async (idempotent, queueTimeoutMs, timeoutMs, endings) => {
    const settings = { ...POOL, queueTimeoutMs };
    const { deeds, report } = simulated(settings, idempotent, timeoutMs);
    const other = await live(settings, deeds);
    expect(other.effects).toEqual(report.effects);
    expect(other.stats).toEqual(report.stats);

    // It would prove little if some of it never happened.
    const { stats } = report as { stats: Record<string, number> };
    const seen = ['reused', 'waits', 'evicted', 'closedBroken', 'closedByServer', ...endings];
    for (const name of seen) expect([name, stats[name]! > 3]).toEqual([name, true]);
    expect(stats['retries']).toBe(idempotent ? stats['races'] : 0);
  },
);
