import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../cache/flow/virtual-time.ts';
import { InputError } from '../core/errors.ts';
import { connectionPoolSettings } from '../latency/connection-pool-settings.ts';
import { ConnectionReset, type ConnectionPort } from './connection-port.ts';
import { LivePool, type Lease } from './pool-driver.ts';
import { advance, settled, virtualClock } from './testing/virtual-clock.ts';

interface Wire {
  name: string;
  closed: boolean;
  hangUp: () => void;
}

/** Connections that open after 10 ms, and that the test may break. */
function world(settings: object = {}, more: Partial<ConnectionPort<Wire>> = {}) {
  const time = new VirtualTime(1000);
  const wires: Wire[] = [];
  const port: ConnectionPort<Wire> = {
    connect: (host) => {
      const wire = { name: `${host}${wires.length}`, closed: false, hangUp: () => {} };
      wires.push(wire);
      return new Promise((resolve) => time.at(time.nowMs + 10, () => resolve(wire)));
    },
    close: (wire) => void (wire.closed = true),
    onClosed: (wire, heard) => {
      wire.hangUp = heard;
      return () => (wire.hangUp = () => {});
    },
    ...more,
  };
  const live = new LivePool({
    settings: connectionPoolSettings({ handshake: { dnsMs: 0, tcpMs: 0, tlsMs: 0 }, raceMs: 0, ...settings }),
    port,
    clock: virtualClock(time),
  });
  const lease = async (host = 'a', options = {}): Promise<Lease<Wire>> => {
    const promise = live.acquire(host, options);
    promise.catch(() => {});
    await advance(time, time.nowMs + 10);
    return promise;
  };
  return { live, time, wires, lease };
}
const heard = (promise: Promise<unknown>) => promise.then(() => 'done').catch((error: unknown) => error);

describe('a live pool', () => {
  it('opens a connection, gives it out again, and says what each wait was for', async () => {
    const { live, time, lease, wires } = world({ maxPerHost: 1 });
    const first = await lease();
    expect(first).toMatchObject({ reused: false, connectMs: 10, waitedMs: 0 });
    const second = live.acquire('a');
    await advance(time, 1050);
    first.release({ reusable: true });
    expect(await second).toMatchObject({ reused: true, connectMs: 0, waitedMs: 40, connection: wires[0] });
    // The connection is another's now.
    expect(() => first.release({ reusable: true })).toThrow(InputError);
  });

  it('closes what is idle for 30 s, each at its own time, and leaves no timer', async () => {
    const { time, lease, wires } = world();
    const [first, second] = [await lease(), await lease()];
    first.release({ reusable: true });
    await advance(time, 5000);
    second.release({ reusable: true });
    await advance(time, 31_019);
    expect(wires.map(({ closed }) => closed)).toEqual([false, false]);
    await advance(time, 31_020);
    expect(wires.map(({ closed }) => closed)).toEqual([true, false]);
    await advance(time, 35_000);
    expect(wires.map(({ closed }) => closed)).toEqual([true, true]);
    expect(time.step(1e9)).toBe(false);
  });

  it('never gives out what the server closed while it was in use', async () => {
    const { lease, wires } = world();
    const first = await lease();
    wires[0]!.hangUp();
    first.release({ reusable: true });
    expect(wires[0]!.closed).toBe(true);
    expect((await lease()).reused).toBe(false);
  });

  it('does again what was reset on a reused connection, once, and no other error', async () => {
    const { live, time, lease, wires } = world();
    (await lease()).release({ reusable: true });
    const tries: string[] = [];
    const reset = async ({ connection, retry }: Lease<Wire>) => {
      tries.push(`${connection.name} ${retry}`);
      throw new ConnectionReset('hung up');
    };
    const outcome = heard(live.use('a', reset));
    await advance(time, time.nowMs + 100);
    expect(await outcome).toMatchObject({ why: 'reset' });
    expect(tries).toEqual(['a0 false', 'a1 true']);
    expect(wires.every(({ closed }) => closed)).toBe(true);

    const wrong = heard(live.use('a', () => Promise.reject(new Error('no such page'))));
    await advance(time, time.nowMs + 100);
    expect(await wrong).toMatchObject({ message: 'no such page' });
    expect(live.pool.levels(time.nowMs)).toMatchObject({ open: 0 });
  });

  it('refuses beyond its bound, and lets nobody wait for longer than the time-out', async () => {
    const { live, time, lease } = world({ maxPerHost: 1, maxWaiting: 1, timeoutMs: 500 });
    await lease();
    const [waits, refused] = [heard(live.acquire('a')), heard(live.acquire('a'))];
    expect(await refused).toMatchObject({ why: 'refused', host: 'a' });
    await advance(time, 1510);
    expect(await waits).toMatchObject({ why: 'timedOut', afterMs: 500 });
  });
});

describe('a connection that does not open', () => {
  it('in time is given up, and closed when it comes after all', async () => {
    let open!: (wire: Wire) => void;
    const wire = { name: 'late', closed: false, hangUp: () => {} };
    const { live, time } = world(
      { timeoutMs: 500 },
      { connect: () => new Promise((resolve) => (open = resolve)) },
    );
    const outcome = heard(live.acquire('a'));
    await advance(time, 1500);
    expect(await outcome).toMatchObject({ why: 'timedOut' });
    expect(live.pool.levels(1500).open).toBe(0);
    open(wire);
    await settled();
    expect(wire.closed).toBe(true);
  });

  it('makes room for the next, who may have more luck', async () => {
    let tries = 0;
    const { live, time } = world(
      { maxPerHost: 1 },
      {
        connect: () =>
          ++tries === 1
            ? Promise.reject(new Error('refused'))
            : Promise.resolve({ name: 'a', closed: false, hangUp: () => {} }),
      },
    );
    const [first, second] = [heard(live.acquire('a')), live.acquire('a')];
    await advance(time, 1000);
    expect(await first).toMatchObject({ message: 'refused' });
    expect(await second).toMatchObject({ reused: false });
  });
});

describe('a caller who leaves', () => {
  it.each([
    ['while he waits', 1, 0],
    ['while it connects', 10, 5],
  ])('%s, takes nothing with him', async (_, maxPerHost, afterMs) => {
    const { live, time, lease, wires } = world({ maxPerHost });
    const first = await lease();
    const caller = new AbortController();
    const outcome = heard(live.acquire('a', { signal: caller.signal }));
    await advance(time, time.nowMs + afterMs);
    caller.abort('bored');
    expect(await outcome).toBe('bored');
    await advance(time, time.nowMs + 50);
    first.release({ reusable: true });
    expect(live.pool.levels(time.nowMs)).toEqual({ open: 1, idle: 1, inUse: 0, waiting: 0 });
    expect(wires.slice(1).every(({ closed }) => closed)).toBe(true);
  });

  it('before asking asks nothing, and with the reset of his connection is not sent again', async () => {
    const { live, lease, wires } = world();
    expect(await heard(live.acquire('a', { signal: AbortSignal.abort('early') }))).toBe('early');
    expect(live.pool.stats.requests).toBe(0);
    (await lease()).release({ reusable: true });
    const caller = new AbortController();
    const held = await lease('a', { signal: caller.signal });
    caller.abort('gone');
    expect(await heard(held.reset())).toBe('gone');
    expect(wires).toHaveLength(1);
    expect(wires[0]!.closed).toBe(true);
  });
});

it('a pool that closes refuses who waits or connects, closes what is idle, and the rest when it comes back', async () => {
  const { live, time, lease, wires } = world({ maxPerHost: 2 });
  const [used, idle] = [await lease(), await lease()];
  idle.release({ reusable: true });
  const second = await lease();
  const connecting = heard(live.acquire('b'));
  const waits = heard(live.acquire('a'));
  live.close();
  expect([await connecting, await waits]).toMatchObject([
    { why: 'closed', host: 'b' },
    { why: 'closed', host: 'a' },
  ]);
  used.release({ reusable: true });
  second.release({ reusable: true });
  await advance(time, time.nowMs + 50);
  expect(wires.every(({ closed }) => closed)).toBe(true);
  expect(await heard(live.acquire('a'))).toMatchObject({ why: 'closed' });
  expect(time.step(1e9)).toBe(false);
});
