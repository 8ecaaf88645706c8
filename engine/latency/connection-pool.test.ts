import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { RandomStream } from '../core/random.ts';
import { handshakeMs } from './connection-handshake.ts';
import { connectionPoolSettings } from './connection-pool-settings.ts';
import type { Connection, PoolEffect } from './connection-pool-effects.ts';
import { ConnectionPool } from './connection-pool.ts';

const pool = (settings: object = {}): ConnectionPool =>
  new ConnectionPool(connectionPoolSettings(settings), new RandomStream(1, 'pool'));
const ask = (id: number, idempotent = true) => ({ id, idempotent });
const kinds = (effects: PoolEffect[]) => effects.map(({ kind, request }) => `${kind} ${request.id}`);

/** The connection that was granted, when that is all that happened. */
function granted(effects: PoolEffect[]): Extract<PoolEffect, { kind: 'granted' }> {
  const [effect] = effects;
  if (effects.length !== 1 || effect?.kind !== 'granted') throw new Error(kinds(effects).join(', '));
  return effect;
}

describe('a connection pool, by hand', () => {
  it('has the defaults of the module', () => {
    expect(connectionPoolSettings()).toMatchObject({
      maxTotal: 20,
      maxPerHost: 10,
      keepAliveMs: 30_000,
      timeoutMs: 30_000,
    });
  });

  it('pays for name, connection and encryption once, and reuses within the keep-alive', () => {
    const p = pool();
    const first = granted(p.acquire(ask(1), 'a', 0));
    expect(first).toMatchObject({ reused: false, handshake: { dns: 20, tcp: 30, tls: 60 } });
    p.release(first.connection, 1000, { reusable: true });
    const second = granted(p.acquire(ask(2), 'a', 30_999));
    expect(second).toMatchObject({ reused: true, handshake: { dns: 0, tcp: 0, tls: 0 } });
    expect(second.connection.id).toBe(first.connection.id);
    p.release(second.connection, 31_000, { reusable: true });
    // 30 s to the millisecond: closed. The name is still known, the handshake is paid again.
    const third = granted(p.acquire(ask(3), 'a', 61_000));
    expect(third).toMatchObject({ reused: false, handshake: { dns: 20, tcp: 30, tls: 60 } });
    expect(p.stats).toMatchObject({ reused: 1, opened: 2, closedIdle: 1, peakOpen: 1 });
  });

  it('resolves a name once for its time to live, also for requests that come during the lookup', () => {
    const p = pool({ handshake: { dnsMs: 50, dnsTtlMs: 1000 } });
    expect(granted(p.acquire(ask(1), 'a', 0)).handshake.dns).toBe(50);
    expect(granted(p.acquire(ask(2), 'a', 20)).handshake.dns).toBe(30);
    expect(granted(p.acquire(ask(3), 'b', 20)).handshake.dns).toBe(50);
    expect(granted(p.acquire(ask(4), 'a', 1049)).handshake.dns).toBe(0);
    expect(granted(p.acquire(ask(5), 'a', 1050)).handshake.dns).toBe(50);
  });

  it('resumes a session with a host it has finished a handshake with', () => {
    const p = pool({ handshake: { resumption: { share: 1, tlsMs: 25 } } });
    expect(granted(p.acquire(ask(1), 'a', 0)).handshake.tls).toBe(60);
    expect(granted(p.acquire(ask(2), 'a', 109)).handshake.tls).toBe(60); // the first ends at 110
    expect(granted(p.acquire(ask(3), 'a', 110)).handshake.tls).toBe(25);
    expect(granted(p.acquire(ask(4), 'b', 110)).handshake.tls).toBe(60);
  });

  it('resumes the given share of sessions', () => {
    const p = pool({ keepAliveMs: 0, handshake: { resumption: { share: 0.25, tlsMs: 0 } } });
    let resumed = 0;
    for (let i = 0; i < 8000; i++) {
      const { connection, handshake } = granted(p.acquire(ask(i), 'a', i * 200));
      if (handshake.tls === 0) resumed++;
      p.release(connection, i * 200 + 150, { reusable: true });
    }
    expect(Math.abs(resumed / 8000 - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 8000));
  });

  it('queues above the limit of the host, first come first served, and refuses above the bound', () => {
    const p = pool({ maxPerHost: 1, maxWaiting: 2 });
    const first = granted(p.acquire(ask(1), 'a', 0));
    expect(kinds(p.acquire(ask(2), 'a', 10))).toEqual(['queued 2']);
    expect(kinds(p.acquire(ask(3), 'a', 20))).toEqual(['queued 3']);
    expect(kinds(p.acquire(ask(4), 'a', 30))).toEqual(['refused 4']);
    expect(kinds(p.acquire(ask(5), 'b', 30))).toEqual(['granted 5']); // another host has room
    const second = granted(p.release(first.connection, 500, { reusable: true }));
    expect(second).toMatchObject({ request: ask(2), reused: true, waitedMs: 490 });
    expect(kinds(p.release(second.connection, 600, { reusable: false }))).toEqual(['granted 3']);
    expect(p.stats).toMatchObject({ waits: 2, waitMs: 490 + 580, refused: 1, peakWaiting: 2 });
  });

  it('times out in the queue, and never grants to one whose time is up', () => {
    const p = pool({ maxPerHost: 1, timeoutMs: 1000, queueTimeoutMs: 300 });
    const { connection } = granted(p.acquire(ask(1), 'a', 0));
    p.acquire(ask(2), 'a', 100);
    p.acquire(ask(3), 'a', 200);
    expect(p.nextTimerMs()).toBe(400);
    expect(p.onTimer(399)).toEqual([]);
    // Nobody called onTimer at 400: the release at 450 ends request 2 first.
    expect(p.release(connection, 450, { reusable: true })).toMatchObject([
      { kind: 'timedOut', request: ask(2), phase: 'queue', waitedMs: 350 },
      { kind: 'granted', request: ask(3), reused: true },
    ]);
    expect(p.nextTimerMs()).toBe(Infinity);
  });

  it('takes a waiting request back, and one on its way; a request it does not have is nothing to cancel', () => {
    const p = pool({ maxPerHost: 1, timeoutMs: 50 });
    expect(kinds(p.acquire(ask(1), 'a', 0))).toEqual(['connecting 1']);
    expect(kinds(p.acquire(ask(2), 'a', 0))).toEqual(['queued 2']);
    expect(kinds(p.cancel(2, 10))).toEqual(['cancelled 2']);
    expect(kinds(p.cancel(1, 20))).toEqual(['cancelled 1']);
    expect(p.cancel(1, 20)).toEqual([]);
    expect(p.levels(20)).toEqual({ open: 0, idle: 0, inUse: 0, waiting: 0 });
    expect(p.nextTimerMs()).toBe(Infinity);
  });

  it('uses the newest idle connection, so that the others end; or the oldest, so that all stay warm', () => {
    const warm = (idleOrder: string): number => {
      const p = pool({ idleOrder, keepAliveMs: 1000 });
      const open = [1, 2, 3].map((id) => granted(p.acquire(ask(id), 'a', 0)).connection);
      open.forEach((connection, i) => p.release(connection, i, { reusable: true }));
      for (let t = 300; t <= 3000; t += 300)
        p.release(granted(p.acquire(ask(t), 'a', t)).connection, t + 10, { reusable: true });
      return p.levels(3000).idle;
    };
    expect(warm('newest-first')).toBe(1);
    expect(warm('oldest-first')).toBe(3);
  });

  it('closes the longest idle connection of another host to make room', () => {
    const p = pool({ maxTotal: 2 });
    const a = granted(p.acquire(ask(1), 'a', 0)).connection;
    const b = granted(p.acquire(ask(2), 'b', 0)).connection;
    p.release(b, 10, { reusable: true });
    p.release(a, 20, { reusable: true });
    expect(granted(p.acquire(ask(3), 'c', 30)).reused).toBe(false);
    expect(p.stats.evicted).toBe(1);
    expect(granted(p.acquire(ask(4), 'a', 40)).reused).toBe(true); // b's was the one
  });

  it('lets a limit be moved: raised, it grants at once; lowered, it cuts nothing in use', () => {
    const p = pool({ maxTotal: 1 });
    const a = granted(p.acquire(ask(1), 'a', 0)).connection;
    p.acquire(ask(2), 'a', 0);
    const b = granted(p.resize({ maxTotal: 2 }, 10)).connection;
    expect(p.resize({ maxTotal: 1 }, 20)).toEqual([]);
    expect(p.levels(20).open).toBe(2);
    p.release(a, 30, { reusable: true });
    expect(p.levels(30)).toMatchObject({ open: 1, idle: 0 });
    p.release(b, 40, { reusable: true });
    expect(p.levels(40)).toMatchObject({ open: 1, idle: 1 });
  });

  it('names the connections that were never given back', () => {
    const p = pool({ maxPerHost: 3 });
    const [one, two] = [granted(p.acquire(ask(1), 'a', 0)), granted(p.acquire(ask(2), 'a', 5000))];
    p.acquire(ask(3), 'a', 9000);
    expect(p.leaked(10_000, 4000)).toMatchObject([
      { connection: { id: one.connection.id }, request: ask(1), usedMs: 10_000 },
      { connection: { id: two.connection.id }, request: ask(2), usedMs: 5000 },
    ]);
    p.release(one.connection, 10_000, { reusable: true });
    expect(p.leaked(10_000, 4000)).toHaveLength(1);
  });

  it('refuses a connection given back twice, an id in use, a time that goes back, and bad settings', () => {
    const p = pool({ maxPerHost: 1 });
    const { connection } = granted(p.acquire(ask(1), 'a', 100));
    p.acquire(ask(2), 'a', 100);
    expect(() => p.acquire(ask(2), 'a', 100)).toThrow(
      'request: expected an id of no other waiting request, got 2',
    );
    expect(() => p.onTimer(99)).toThrow('nowMs: expected a time from 100 on, got 99');
    expect(() => p.onTimer(NaN)).toThrow(InputError);
    p.cancel(2, 100);
    p.release(connection, 100, { reusable: true });
    expect(() => p.release(connection, 100, { reusable: true })).toThrow(
      'connection: expected a connection in use, got connection 1 to a, which is idle.',
    );
    expect(() => connectionPoolSettings({ maxTotal: 0 })).toThrow('a whole number of 1 or more');
    expect(() => connectionPoolSettings({ keepAlive: 5 })).toThrow('Did you mean "keepAliveMs"?');
  });
});

describe('the idle race', () => {
  /** One connection, released at 0; the server closes it at 5 s, and news travel for 15 ms. */
  const after = (idleMs: number, idempotent = true, more: object = {}) => {
    const p = pool({ serverKeepAliveMs: 5000, raceMs: 15, ...more });
    p.release(granted(p.acquire(ask(0), 'a', 0)).connection, 0, { reusable: true });
    return { p, effects: p.acquire(ask(1, idempotent), 'a', idleMs) };
  };

  it('is a window of one delay before the close and one after it', () => {
    expect(granted(after(4985).effects).reused).toBe(true); // gets there as it closes
    expect(kinds(after(4986).effects)).toEqual(['racing 1']);
    expect(kinds(after(5014).effects)).toEqual(['racing 1']);
    expect(granted(after(5015).effects).reused).toBe(false); // the news is here
    expect(after(5015).p.stats.closedByServer).toBe(1);
  });

  it('costs a round trip and a fresh handshake when the request may be sent again', () => {
    const { p } = after(5000);
    expect(p.nextTimerMs()).toBe(5030);
    const retried = granted(p.onTimer(5030));
    expect(retried).toMatchObject({
      retry: true,
      reused: false,
      waitedMs: 30,
      handshake: { dns: 0, tcp: 30, tls: 60 },
    });
    expect(p.stats).toMatchObject({ races: 1, retries: 1, opened: 2, closedByServer: 1 });
  });

  it('reaches the caller when it may not', () => {
    const { p } = after(5000, false);
    expect(kinds(p.onTimer(5030))).toEqual(['reset 1']);
    expect(p.stats).toMatchObject({ races: 1, retries: 0, opened: 1 });
    expect(p.levels(5030).open).toBe(0);
  });

  it('leaves no time for a handshake when the timeout is short', () => {
    const { p } = after(5000, true, { timeoutMs: 119 });
    expect(kinds(p.onTimer(5030))).toEqual(['connecting 1']);
    expect(p.onTimer(5119)).toMatchObject([{ kind: 'timedOut', phase: 'handshake', waitedMs: 119 }]);
    const hurried = after(5000, true, { timeoutMs: 30, handshake: { dnsMs: 0, tcpMs: 10, tlsMs: 10 } }).p;
    expect(hurried.onTimer(5030)).toMatchObject([{ kind: 'timedOut', phase: 'handshake', waitedMs: 30 }]);
    expect(hurried.stats.opened).toBe(1);
  });

  it('is also what a live driver reports: sent again once, and only what had been reused', () => {
    const p = pool();
    const fresh = granted(p.acquire(ask(1), 'a', 0)).connection;
    expect(kinds(p.onReset(fresh, 50))).toEqual(['reset 1']);
    p.release(granted(p.acquire(ask(2), 'a', 100)).connection, 200, { reusable: true });
    const again = granted(p.onReset(granted(p.acquire(ask(3), 'a', 300)).connection, 310));
    expect(again).toMatchObject({ retry: true, reused: false });
    expect(kinds(p.onReset(again.connection, 320))).toEqual(['reset 3']);
    expect(p.stats).toMatchObject({ races: 1, retries: 1 });
  });

  /** A request 4.995 s after each answer, against a server that closes after 5 s. */
  const resetsIn = (keepAliveMs: number): number => {
    const p = pool({ keepAliveMs, serverKeepAliveMs: 5000, raceMs: 15 });
    let resets = 0;
    for (let i = 0; i < 100; i++) {
      const at = i * 5200;
      const effects = p.acquire(ask(i, false), 'a', at);
      if (effects[0]?.kind === 'racing') resets += p.onTimer(at + 30).length;
      else p.release(granted(effects).connection, at + 205, { reusable: true });
    }
    return resets;
  };

  it('cannot happen when our keep-alive is a little shorter than that of the server', () => {
    expect(resetsIn(30_000)).toBe(50); // every second: the one between opens a fresh connection
    expect(resetsIn(4980)).toBe(0);
  });
});

describe('failure modes', () => {
  it('a timeout shorter than the handshake: nobody ever gets a connection', () => {
    const settings = { timeoutMs: 80, handshake: { dnsMs: 20, tcpMs: 30, tlsMs: 60 } };
    const asked = (lateHandshake: string): number => {
      const p = pool({ ...settings, lateHandshake });
      let served = 0;
      for (let i = 0; i < 20; i++) {
        p.onTimer(i * 500 + 200);
        const at = i * 500 + 300;
        const [effect] = p.acquire(ask(i), 'a', at);
        if (effect?.kind === 'granted') {
          p.release(effect.connection, at + 10, { reusable: true });
          served++;
        } else expect(kinds(p.onTimer(at + 80))).toEqual([`timedOut ${i}`]);
      }
      return served;
    };
    // The name is known after the first; 90 ms of handshake are still more than 80.
    expect(asked('close')).toBe(0);
    expect(asked('keep')).toBe(19);
  });

  /** Host `hot` has always 20 requests waiting; `rare` asks once. How long does it wait, with one slot for all? */
  const rareWaits = (grantOrder: string): number => {
    const p = pool({ maxTotal: 1, maxPerHost: 1, grantOrder, timeoutMs: null, maxWaiting: null });
    let id = 0;
    let connection = granted(p.acquire(ask(id++), 'hot', 0)).connection;
    for (let i = 0; i < 20; i++) p.acquire(ask(id++), 'hot', 0);
    p.acquire(ask(1000), 'rare', 0);
    for (let t = 100; t <= 10_000; t += 100) {
      p.acquire(ask(id++), 'hot', t);
      const next = granted(p.release(connection, t, { reusable: true }));
      if (next.request.id === 1000) return next.waitedMs;
      connection = next.connection;
    }
    return Infinity;
  };

  it('a busy host starves another when a released connection goes to its own host first', () => {
    expect(rareWaits('arrival')).toBe(2100); // after the 20 who were there before it
    expect(rareWaits('same-host')).toBe(Infinity);
  });

  it('a slow host takes the whole pool when it may; a limit per host is a bulkhead', () => {
    const fastServed = (maxPerHost: number): boolean => {
      const p = pool({ maxTotal: 20, maxPerHost });
      for (let id = 0; id < 30; id++) p.acquire(ask(id), 'slow', id);
      return p.acquire(ask(100), 'fast', 100)[0]!.kind === 'granted';
    };
    expect(fastServed(20)).toBe(false);
    expect(fastServed(10)).toBe(true);
  });

  it('leaked connections stop the pool; the waiting ones time out', () => {
    const p = pool({ maxPerHost: 2 });
    for (let id = 0; id < 5; id++) p.acquire(ask(id), 'a', id);
    expect(kinds(p.onTimer(40_000))).toEqual(['timedOut 2', 'timedOut 3', 'timedOut 4']);
    expect(p.leaked(40_000, 30_000)).toHaveLength(2);
  });
});

type Step = { gapMs: number; host: string; action: number; idempotent: boolean };

const steps = fc.array(
  fc.record({
    gapMs: fc.integer({ min: 0, max: 400 }),
    host: fc.constantFrom('a', 'b', 'c'),
    action: fc.integer({ min: 0, max: 9 }),
    idempotent: fc.boolean(),
  }),
  { minLength: 1, maxLength: 150 },
);
const someSettings = fc.record({
  maxTotal: fc.integer({ min: 1, max: 4 }),
  maxPerHost: fc.integer({ min: 1, max: 3 }),
  keepAliveMs: fc.constantFrom(0, 200, 1000),
  timeoutMs: fc.constantFrom(100, 600, null),
  queueTimeoutMs: fc.constantFrom(150, null),
  maxWaiting: fc.constantFrom(0, 3, null),
  serverKeepAliveMs: fc.constantFrom(100, 500, null),
  raceMs: fc.constantFrom(0, 20, 200),
  idleOrder: fc.constantFrom('newest-first', 'oldest-first'),
  grantOrder: fc.constantFrom('arrival', 'same-host'),
  lateHandshake: fc.constantFrom('close', 'keep'),
});

/** Drives a pool with random steps; calls `check` after each. */
function drive(
  settings: object,
  list: Step[],
  check: (p: ConnectionPool, nowMs: number, all: PoolEffect[]) => void,
) {
  const p = pool(settings);
  const held: Connection[] = [];
  const all: PoolEffect[] = [];
  let now = 0;
  let asked = 0;
  const take = (effects: PoolEffect[]): void => {
    all.push(...effects);
    for (const effect of effects) if (effect.kind === 'granted') held.push(effect.connection);
    check(p, now, all);
  };
  const pass = (untilMs: number): void => {
    for (let next = p.nextTimerMs(); next <= untilMs; next = p.nextTimerMs()) take(p.onTimer((now = next)));
    now = untilMs;
  };
  for (const { gapMs, host, action, idempotent } of list) {
    pass(now + gapMs);
    if (action < 5 || (held.length === 0 && action !== 9))
      take(p.acquire(ask(asked++, idempotent), host, now));
    else if (action < 9)
      take(p.release(held.splice(action % held.length, 1)[0]!, now, { reusable: action !== 8 }));
    else if (asked > 0) take(p.cancel(Math.floor(asked / 2), now));
  }
  // Give everything back until nobody is left.
  while (held.length > 0 || p.nextTimerMs() < Infinity) {
    if (held.length > 0) take(p.release(held.shift()!, (now += 1), { reusable: true }));
    else pass(p.nextTimerMs());
  }
  return { p, all, asked, now };
}

describe('a pool under any load', () => {
  it('keeps its limits, and counts what it holds', () => {
    fc.assert(
      fc.property(someSettings, steps, (settings, list) => {
        const limits = connectionPoolSettings(settings);
        drive(settings, list, (p, now) => {
          const { open, idle, inUse, waiting } = p.levels(now);
          expect(open).toBeLessThanOrEqual(limits.maxTotal);
          expect(idle + inUse).toBe(open);
          expect(waiting).toBeLessThanOrEqual(limits.maxWaiting ?? Infinity);
          for (const host of ['a', 'b', 'c'])
            expect(p.levels(now, host).open).toBeLessThanOrEqual(limits.maxPerHost);
          const { opened, closedIdle, closedByServer, evicted, closedBroken } = p.stats;
          expect(opened - closedIdle - closedByServer - evicted - closedBroken).toBe(open);
        });
      }),
    );
  });

  it('ends every request exactly once', () => {
    fc.assert(
      fc.property(someSettings, steps, (settings, list) => {
        const { p, all, asked, now } = drive(settings, list, () => {});
        const ends = all.filter(
          ({ kind }) => kind !== 'queued' && kind !== 'racing' && kind !== 'connecting',
        );
        expect(ends.map(({ request }) => request.id).sort((a, b) => a - b)).toEqual([...Array(asked).keys()]);
        expect(p.levels(now)).toMatchObject({ inUse: 0, waiting: 0 });
        for (const effect of all)
          if (effect.kind === 'granted' && settings.timeoutMs !== null)
            expect(effect.waitedMs + handshakeMs(effect.handshake)).toBeLessThanOrEqual(settings.timeoutMs);
      }),
    );
  });

  it('serves the requests of a host in their order, unless a race sends one back', () => {
    fc.assert(
      fc.property(someSettings, steps, (settings, list) => {
        const { all } = drive({ ...settings, serverKeepAliveMs: null }, list, () => {});
        const last: Record<string, number> = {};
        for (const effect of all)
          if (effect.kind === 'granted') {
            const { host } = effect.connection;
            expect(effect.request.id).toBeGreaterThan(last[host] ?? -1);
            last[host] = effect.request.id;
          }
      }),
    );
  });

  it('leaves nobody waiting who could be served', () => {
    fc.assert(
      fc.property(someSettings, steps, (settings, list) => {
        drive(settings, list, (p, now) => {
          const { open, idle } = p.levels(now);
          const full = open === settings.maxTotal && idle === 0;
          for (const host of ['a', 'b', 'c']) {
            const own = p.levels(now, host);
            if (own.waiting > 0 && !full) expect(own).toMatchObject({ open: settings.maxPerHost, idle: 0 });
          }
        });
      }),
    );
  });
});

describe('reuse against theory (queueing.json, keepalive_reuse)', () => {
  // Poisson arrivals at one connection that is given back at once: reuse when the gap is below the keep-alive,
  // so P = 1 − exp(−λT), and the mean handshake is exp(−λT) of a whole one.
  it.each([
    { perS: 0.1, keepAliveS: 4, reuse: 0.32967995 },
    { perS: 0.5, keepAliveS: 4, reuse: 0.86466472 },
    { perS: 1, keepAliveS: 4, reuse: 0.98168436 },
    { perS: 0.1, keepAliveS: 60, reuse: 0.99752125 },
    { perS: 0.02, keepAliveS: 120, reuse: 0.90928205 },
  ])('at $perS a second and $keepAliveS s of keep-alive', ({ perS, keepAliveS, reuse }) => {
    const handshake = { dnsMs: 20, dnsTtlMs: 0, tcpMs: 30, tlsMs: 60 };
    const seeds = 24;
    const requests = 20_000;
    const [reuses, costs] = [[] as number[], [] as number[]];
    for (let seed = 1; seed <= seeds; seed++) {
      const gaps = new RandomStream(seed, 'keep-alive');
      const p = pool({ maxTotal: 1, maxPerHost: 1, keepAliveMs: keepAliveS * 1000, handshake });
      p.release(granted(p.acquire(ask(0), 'a', 0)).connection, 0, { reusable: true });
      let now = 0;
      let reused = 0;
      let costMs = 0;
      for (let id = 1; id <= requests; id++) {
        now += (-Math.log(gaps.uniform()) / perS) * 1000;
        const effect = granted(p.acquire(ask(id), 'a', now));
        if (effect.reused) reused++;
        costMs += handshakeMs(effect.handshake);
        p.release(effect.connection, now, { reusable: true });
      }
      reuses.push(reused / requests);
      costs.push(costMs / requests);
    }
    for (const [values, theory, whole] of [
      [reuses, reuse, 1],
      [costs, (1 - reuse) * 110, 110],
    ] as const) {
      const mean = values.reduce((a, b) => a + b, 0) / seeds;
      const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (seeds - 1);
      const halfWidth = 3.768 * Math.sqrt(variance / seeds); // Student's t, 23 degrees of freedom, 99.9 %
      expect(Math.abs(mean - theory)).toBeLessThan(halfWidth);
      expect(halfWidth).toBeLessThan(0.13 * (1 - reuse) * whole); // narrow enough to tell
    }
  });
});
