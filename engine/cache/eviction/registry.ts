import { Fifo } from './fifo.ts';
import { Lru } from './lru.ts';
import type { EvictionPolicy } from './policy.ts';

const POLICIES = {
  lru: (capacity: number): EvictionPolicy => new Lru(capacity),
  fifo: (capacity: number): EvictionPolicy => new Fifo(capacity),
};

export type PolicyName = keyof typeof POLICIES;

export function createPolicy(name: PolicyName, capacity: number): EvictionPolicy {
  return POLICIES[name](capacity);
}
