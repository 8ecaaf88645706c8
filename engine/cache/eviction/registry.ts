import { Arc } from './arc.ts';
import { Clock } from './clock.ts';
import { Fifo } from './fifo.ts';
import { Gdsf } from './gdsf.ts';
import { Lfu } from './lfu.ts';
import { Lirs } from './lirs.ts';
import { Lru } from './lru.ts';
import { Opt } from './opt.ts';
import type { EvictionPolicy } from './policy.ts';
import { Random } from './random.ts';
import { S3Fifo } from './s3-fifo.ts';
import { Score } from './score.ts';
import { Sieve } from './sieve.ts';
import { Slru } from './slru.ts';
import { TwoQueue } from './two-queue.ts';
import { WTinyLfu } from './w-tinylfu.ts';

/** Policies that know only the past. `capacity` is the number of slots. */
const POLICIES = {
  fifo: (capacity: number): EvictionPolicy => new Fifo(capacity),
  clock: (capacity: number): EvictionPolicy => new Clock(capacity),
  lru: (capacity: number): EvictionPolicy => new Lru(capacity),
  lfu: (capacity: number): EvictionPolicy => new Lfu(capacity),
  slru: (capacity: number): EvictionPolicy => new Slru(capacity),
  '2q': (capacity: number): EvictionPolicy => new TwoQueue(capacity),
  arc: (capacity: number): EvictionPolicy => new Arc(capacity),
  lirs: (capacity: number): EvictionPolicy => new Lirs(capacity),
  sieve: (capacity: number): EvictionPolicy => new Sieve(capacity),
  's3-fifo': (capacity: number): EvictionPolicy => new S3Fifo(capacity),
  's3-fifo-1': (capacity: number): EvictionPolicy => new S3Fifo(capacity, 1),
  'w-tinylfu': (capacity: number): EvictionPolicy => new WTinyLfu(capacity),
  gdsf: (capacity: number): EvictionPolicy => new Gdsf(capacity),
  score: (capacity: number): EvictionPolicy => new Score(capacity),
  random: (capacity: number, seed?: number): EvictionPolicy => new Random(capacity, seed),
};

export type PolicyName = keyof typeof POLICIES;
/** Policies that need to see the whole trace first; for replays only. */
export type OracleName = 'opt' | 'opt-bypass';

export const POLICY_NAMES = Object.keys(POLICIES) as readonly PolicyName[];
export const ORACLE_NAMES: readonly OracleName[] = ['opt', 'opt-bypass'];

/** @param seed for the random policy; the others have no chance in them. */
export function createPolicy(name: PolicyName, capacity: number, seed?: number): EvictionPolicy {
  return POLICIES[name](capacity, seed);
}

/** @param nextUses see `nextUsesOf` in opt.ts. */
export function createOracle(name: OracleName, capacity: number, nextUses: Int32Array): EvictionPolicy {
  return new Opt(capacity, nextUses, name === 'opt-bypass');
}
