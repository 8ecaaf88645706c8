/** The rules by hand; that they are the real one's is what the differential tests show. */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import {
  MAXMEMORY_POLICIES,
  RedisFailure,
  type RedisReply,
  RedisServer,
  type RedisServerOptions,
} from './index.ts';

const start = (
  config: Record<string, string | number> = {},
  options: Partial<RedisServerOptions> = {},
): RedisServer => new RedisServer({ random: new RandomStream(1, 'redis'), config, ...options });
const run = (server: RedisServer, line: string, nowMs = 0): RedisReply => {
  const reply = server.execute(line.split(' '), nowMs);
  if (reply instanceof RedisFailure) return reply.text;
  return typeof reply === 'object' && reply !== null && 'text' in reply ? reply.text : reply;
};

describe('expiry', () => {
  it('a key lives through its last millisecond, and is found expired on access (lazy expiry)', () => {
    const server = start();
    run(server, 'DEBUG SET-ACTIVE-EXPIRE 0');
    run(server, 'SET a 1 PX 1000');
    expect(run(server, 'GET a', 1000)).toBe('1');
    expect(run(server, 'DBSIZE', 1001)).toBe(1);
    expect(run(server, 'GET a', 1001)).toBe(null);
    expect(run(server, 'DBSIZE', 1001)).toBe(0);
    expect(server.figures().expired).toBe(1);
  });

  it('the cron expires what nobody asks for (active expiry)', () => {
    const server = start();
    for (let i = 0; i < 100; i++) run(server, `SET short${i} 1 PX ${1000 + i}`);
    for (let i = 0; i < 100; i++) run(server, `SET long${i} 1 EX 1000`);
    server.advance(20_000);
    expect(server.figures()).toMatchObject({ keys: 100, expired: 100 });
  });

  it('TTL rounds to the nearest second, KEEPTTL keeps it, a plain SET drops it', () => {
    const server = start();
    run(server, 'SET a 1 PX 1500');
    expect([run(server, 'TTL a'), run(server, 'TTL a', 1), run(server, 'PTTL a', 1)]).toEqual([2, 1, 1499]);
    run(server, 'SET a 2 KEEPTTL', 2);
    expect(run(server, 'PTTL a', 2)).toBe(1498);
    run(server, 'SET a 3', 3);
    expect([run(server, 'TTL a', 3), run(server, 'TTL none', 3)]).toEqual([-1, -2]);
  });

  it('passes long idle times without going through each cron', () => {
    const server = start();
    run(server, 'SET a 1 EX 100000000');
    const year = 365 * 86_400_000;
    expect(run(server, 'GET a', year)).toBe('1');
    expect(run(server, 'OBJECT IDLETIME a', year + 60_000)).toBe(60);
  });

  it('stops a cycle that takes more than its share of the time', () => {
    const server = start({}, { costs: { deleteUs: 100 } });
    run(server, 'DEBUG SET-ACTIVE-EXPIRE 0');
    for (let i = 0; i < 2000; i++) run(server, `SET k${i} 1 PX 10`);
    run(server, 'DEBUG SET-ACTIVE-EXPIRE 1', 5000);
    server.cron(5001);
    expect(server.figures().expiryTimeCapReached).toBe(1);
    expect(server.figures().keys).toBeGreaterThan(1500);
    expect(server.figures().keys).toBeLessThan(1800); // 25 ms at 100 µs, looked at every 16 loops of 20
  });
});

describe('eviction', () => {
  /** A hundred keys of 1,000 bytes over the limit by about thirty. */
  const overfull = (policy: string, fill: (server: RedisServer, i: number) => void): RedisServer => {
    const server = start({ 'maxmemory-policy': policy });
    for (let i = 0; i < 100; i++) fill(server, i);
    server.advance(200_000);
    run(server, `CONFIG SET maxmemory ${server.figures().usedBytes - 36_000}`, 200_000);
    server.advance(200_001);
    return server;
  };
  const VALUE = 'v'.repeat(1000);
  const alive = (server: RedisServer): number[] =>
    Array.from({ length: 100 }, (_, i) => i).filter((i) => run(server, `EXISTS k${i}`, 200_002) === 1);
  const average = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

  it('allkeys-lru keeps the recently used', () => {
    const left = alive(overfull('allkeys-lru', (server, i) => run(server, `SET k${i} ${VALUE}`, i * 1000)));
    expect(left.length).toBeGreaterThan(60);
    expect(left.length).toBeLessThan(75);
    expect(average(left)).toBeGreaterThan(60);
    expect(left.filter((i) => i >= 70)).toHaveLength(30);
  });

  it('allkeys-lfu keeps the often used', () => {
    const left = alive(
      overfull('allkeys-lfu', (server, i) => {
        run(server, `SET k${i} ${VALUE}`, 200_000);
        for (let use = 0; use < (i < 50 ? 0 : 200); use++) run(server, `GET k${i}`, 200_000);
      }),
    );
    expect(left.filter((i) => i >= 50)).toHaveLength(50);
  });

  it('volatile policies leave keys without an expiry alone', () => {
    for (const policy of MAXMEMORY_POLICIES.filter((name) => name.startsWith('volatile-'))) {
      const left = alive(
        overfull(policy, (server, i) => run(server, `SET k${i} ${VALUE}${i % 2 ? ' EX 99999' : ''}`, 1)),
      );
      expect(
        left.filter((i) => i % 2 === 0),
        policy,
      ).toHaveLength(50);
      expect(left.length, policy).toBeLessThan(75);
    }
  });

  it('volatile-ttl takes those that expire soonest', () => {
    const left = alive(
      overfull('volatile-ttl', (server, i) => run(server, `SET k${i} ${VALUE} EX ${500 + i}`, 1)),
    );
    expect(left.filter((i) => i >= 70)).toHaveLength(30);
  });

  it('noeviction refuses writes and goes on reading', () => {
    const server = start({ maxmemory: 1 });
    expect(run(server, 'SET a 1')).toBe("OOM command not allowed when used memory > 'maxmemory'.");
    expect(run(server, 'GET a')).toBe(null);
  });

  it('stays within the limit over many writes, whatever the policy', () => {
    for (const policy of MAXMEMORY_POLICIES.filter((name) => name !== 'noeviction')) {
      const server = start({ maxmemory: '2mb', 'maxmemory-policy': policy });
      const random = new RandomStream(2, policy);
      for (let i = 0; i < 20_000; i++) {
        const value = 'v'.repeat(random.below(300));
        server.execute(['SET', `k${random.below(50_000)}`, value, 'EX', String(1 + random.below(500))], i);
        if (i % 100 === 0) expect(server.figures().usedBytes).toBeLessThan(2 * 1048576 + 2000);
      }
      expect(server.figures().evicted, policy).toBeGreaterThan(1000);
    }
  });

  it('is the same again with the same seed', () => {
    const play = (seed: number): unknown => {
      const server = start(
        { maxmemory: '1mb', 'maxmemory-policy': 'allkeys-lru' },
        { random: new RandomStream(seed, 'x') },
      );
      for (let i = 0; i < 3000; i++) server.execute(['SET', `k${i % 2000}`, 'v'.repeat(i % 200)], i);
      return [server.figures(), run(server, 'SCAN 0 COUNT 10000', 3000)];
    };
    expect(play(5)).toEqual(play(5));
    expect(play(5)).not.toEqual(play(6));
  });
});

describe('the LFU counter', () => {
  const start100 = (): RedisServer => {
    const server = start({ 'maxmemory-policy': 'allkeys-lfu', 'lfu-log-factor': 0 });
    run(server, 'SET a 1');
    return server;
  };

  it('starts at 5, counts each use at factor 0, and ends at 255', () => {
    const server = start100();
    expect(run(server, 'OBJECT FREQ a')).toBe(5);
    for (let i = 0; i < 20; i++) run(server, 'GET a');
    expect(run(server, 'OBJECT FREQ a')).toBe(25);
    for (let i = 0; i < 300; i++) run(server, 'GET a');
    expect(run(server, 'OBJECT FREQ a')).toBe(255);
  });

  it('loses one a minute', () => {
    const server = start100();
    for (let i = 0; i < 20; i++) run(server, 'GET a');
    expect(run(server, 'OBJECT FREQ a', 10 * 60_000)).toBe(15);
    run(server, 'GET a', 10 * 60_000);
    expect(run(server, 'OBJECT FREQ a', 11 * 60_000)).toBe(15);
    expect(run(server, 'OBJECT FREQ a', 500 * 60_000)).toBe(0);
  });
});

describe('SCAN', () => {
  it('gives every key that stays, though the table grows and shrinks in between', () => {
    const server = start();
    for (let i = 0; i < 3000; i++) run(server, `SET stays${i} 1`);
    const seen = new Set<string>();
    let cursor = '0';
    let step = 0;
    do {
      const [next, keys] = server.execute(['SCAN', cursor, 'MATCH', 'stays*', 'COUNT', '100'], step) as [
        string,
        string[],
      ];
      for (const key of keys) seen.add(key);
      cursor = next;
      step++;
      if (step === 5) for (let i = 0; i < 9000; i++) run(server, `SET other${i} 1`, step);
      if (step === 20) for (let i = 0; i < 9000; i++) run(server, `DEL other${i}`, step);
      if (step > 25) server.advance(step * 200);
    } while (cursor !== '0' && step < 10_000);
    expect(seen.size).toBe(3000);
  });
});

it('tells the texts of its errors as Redis does', () => {
  const server = start();
  run(server, 'SADD s x');
  expect(
    [
      'GET',
      'SET a b EX',
      'GET s',
      'EXPIRE a x',
      'FOO bar baz',
      'CONFIG SET maxmemory-policy best',
      'CONFIG HELLO x',
    ].map((line) => run(server, line)),
  ).toEqual([
    "ERR wrong number of arguments for 'get' command",
    'ERR syntax error',
    'WRONGTYPE Operation against a key holding the wrong kind of value',
    'ERR value is not an integer or out of range',
    "ERR unknown command 'FOO', with args beginning with: 'bar' 'baz' ",
    "ERR CONFIG SET failed (possibly related to argument 'maxmemory-policy') - argument(s) must be one of the following: " +
      MAXMEMORY_POLICIES.join(', '),
    "ERR unknown subcommand 'HELLO'. Try CONFIG HELP.",
  ]);
});

it('refuses a wrong setting when it is made', () => {
  expect(() => start({ 'maxmemory-samples': 0 })).toThrow(
    'argument must be between 1 and 2147483647 inclusive',
  );
});
