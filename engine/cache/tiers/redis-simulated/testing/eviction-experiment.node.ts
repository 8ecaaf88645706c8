import { RandomStream } from '../../../../core/random.ts';
import type { MaxmemoryPolicy } from '../config.ts';
import type { Quantum } from '../memory-model.ts';
import { RedisServer } from '../server.ts';
import type { RealRedis } from './real-redis.node.ts';

/** Old keys, ranked from the one that its policy should keep (0) to the one that should go first. */
export const KEYS = 4000;
/** New keys that are written afterwards, each in the place of about one other. */
export const WRITES = 2000;
const BATCH = 20;
const VALUE = 'v'.repeat(200);
const oldKey = (rank: number): string => `old:${rank}`;
const newKey = (i: number): string => `new:${i}`;

/** LFU counter of a rank: 200 down to 10. New keys have 5, which makes them the likeliest to go. */
const counterOf = (rank: number): number => 200 - Math.floor((rank * 190) / KEYS);
/** ms */
const timeToLiveOf = (rank: number): number => 10_000_000 + (KEYS - rank) * 1000;

export interface Evicted {
  /** Ranks of the old keys that are gone. */
  readonly ranks: number[];
  /** All keys that were evicted, new ones included. */
  readonly total: number;
}

/**
 * Fills a server with keys of known age, frequency and time to live, sets maxmemory to what is used, writes new keys, and
 * says which ranks are gone. The keys' ages are set by RESTORE, in the server, so that nobody has to wait for them.
 */
export async function evictedByReal(real: RealRedis, policy: MaxmemoryPolicy): Promise<Evicted> {
  await real.pipeline([
    ['FLUSHALL'],
    ['CONFIG', 'RESETSTAT'],
    ['CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', policy],
  ]);
  await fillReal(real, policy);
  await real.pass(250); // two crons: tables that are being moved are moved
  // Measured in the middle of writing, so that the client's buffers are as large as they will be.
  const warm = Array.from({ length: BATCH }, () => ['SET', 'warm', VALUE]);
  let used = 0;
  for (let i = 0; i < 5; i++) {
    const replies = await real.pipeline([...warm, ['INFO', 'memory']]);
    used = Number(/^used_memory:(\d+)/m.exec(String(replies.at(-1)))![1]);
  }
  await real.send('CONFIG', 'SET', 'maxmemory', String(used));
  await writeReal(real, WRITES, newKey, newExpiry(policy));
  const total = await real.figure('evicted_keys');
  await real.send('CONFIG', 'SET', 'maxmemory', '0'); // else the questions below would evict, too
  const gone: number[] = [];
  for (let rank = 0; rank < KEYS; rank += 1000) {
    const ranks = Array.from({ length: 1000 }, (_, i) => rank + i);
    const replies = await real.pipeline(ranks.map((r) => ['EXISTS', oldKey(r)]));
    gone.push(...ranks.filter((_, i) => replies[i] === 0));
  }
  return { ranks: gone, total };
}

/** @param total how many keys to evict, new ones included; the same as in the run that it is compared with */
export function evictedBySimulation(
  seed: number,
  policy: MaxmemoryPolicy,
  quantum: Quantum,
  total: number,
  samples = 5,
): number[] {
  const server = new RedisServer({
    random: new RandomStream(seed, 'eviction'),
    quantum,
    config: { 'maxmemory-policy': policy, 'maxmemory-samples': samples, 'lfu-log-factor': 0 },
  });
  const end = KEYS * 1000;
  for (let rank = KEYS - 1; rank >= 0; rank--) {
    // The clock of LRU: rank seconds ago. The counter of LFU, which starts at 5: a use for each step.
    const nowMs = policy.endsWith('-lru') ? end - rank * 1000 : end;
    const expiry = policy.startsWith('volatile-') ? ['PX', String(timeToLiveOf(rank) + end - nowMs)] : [];
    server.execute(['SET', oldKey(rank), VALUE, ...expiry], nowMs);
    if (policy.endsWith('-lfu'))
      for (let use = counterOf(rank) - 5; use > 0; use--) server.execute(['GET', oldKey(rank)], nowMs);
  }
  server.advance(end + 1000);
  const limit = String(server.figures().usedBytes);
  server.execute(['CONFIG', 'SET', 'maxmemory', limit], end + 1000);
  for (let i = 0; server.figures().evicted < total; i++)
    server.execute(['SET', newKey(i), VALUE, ...newExpiry(policy)], end + 1000);
  const gone: number[] = [];
  for (let rank = 0; rank < KEYS; rank++)
    if (server.execute(['EXISTS', oldKey(rank)], end + 1000) === 0) gone.push(rank);
  return gone;
}

/** New keys have the longest time to live, so volatile-ttl would evict them last. */
const newExpiry = (policy: MaxmemoryPolicy): string[] =>
  policy.startsWith('volatile-') ? ['PX', String(timeToLiveOf(-KEYS))] : [];

async function fillReal(real: RealRedis, policy: MaxmemoryPolicy): Promise<void> {
  const script = `
    redis.call('SET', 'model', ARGV[1])
    local dump = redis.call('DUMP', 'model')
    redis.call('DEL', 'model')
    local keys = tonumber(ARGV[2])
    for rank = 0, keys - 1 do
      local ttl = 0
      if ARGV[3] == 'volatile' then ttl = 10000000 + (keys - rank) * 1000 end
      if ARGV[4] == 'lfu' then
        redis.call('RESTORE', 'old:' .. rank, ttl, dump, 'FREQ', 200 - math.floor(rank * 190 / keys))
      else
        redis.call('RESTORE', 'old:' .. rank, ttl, dump, 'IDLETIME', rank)
      end
    end
    return keys`;
  const [scope, rule] = policy.split('-') as [string, string];
  const reply = await real.send('EVAL', script, '0', VALUE, String(KEYS), scope, rule);
  if (reply !== KEYS) throw new Error(`The keys could not be restored: ${JSON.stringify(reply)}`);
}

async function writeReal(
  real: RealRedis,
  count: number,
  key: (i: number) => string,
  options: readonly string[] = [],
): Promise<void> {
  for (let i = 0; i < count; i += BATCH)
    await real.pipeline(Array.from({ length: BATCH }, (_, j) => ['SET', key(i + j), VALUE, ...options]));
}
