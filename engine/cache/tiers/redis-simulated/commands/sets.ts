import { RedisSet } from '../redis-set.ts';
import { failures, type RedisReply } from '../reply.ts';
import type { Call, Command } from './command.ts';

/** The commands on sets that an index of tags needs (t_set.c). */
export const setCommands: Record<string, Command> = {
  sadd: { arity: -3, deniedWhenFull: true, run: sadd },
  srem: { arity: -3, run: srem },
  smembers: { arity: 2, run: (call) => reading(call, [], (set) => set.values()) },
  scard: { arity: 2, run: (call) => reading(call, 0, (set) => set.size) },
  sismember: { arity: 3, run: (call) => reading(call, 0, (set) => (set.has(call.argv[2]!) ? 1 : 0)) },
};

function reading(
  { keyspace, argv, nowMs }: Call,
  absent: RedisReply,
  ask: (set: RedisSet) => RedisReply,
): RedisReply {
  const slot = keyspace.read(argv[1]!, nowMs);
  if (slot < 0) return absent;
  const value = keyspace.values[slot]!;
  return value instanceof RedisSet ? ask(value) : failures.wrongType;
}

function sadd({ keyspace, argv, nowMs }: Call): RedisReply {
  let slot = keyspace.write(argv[1]!, nowMs);
  if (slot < 0) slot = keyspace.put(argv[1]!, slot, new RedisSet(), nowMs);
  const value = keyspace.values[slot]!;
  if (!(value instanceof RedisSet)) return failures.wrongType;
  let added = 0;
  for (let i = 2; i < argv.length; i++) if (value.add(argv[i]!, keyspace.memory)) added++;
  keyspace.recount(slot);
  return added;
}

function srem({ keyspace, argv, nowMs }: Call): RedisReply {
  const slot = keyspace.write(argv[1]!, nowMs);
  if (slot < 0) return 0;
  const value = keyspace.values[slot]!;
  if (!(value instanceof RedisSet)) return failures.wrongType;
  let removed = 0;
  for (let i = 2; i < argv.length; i++) if (value.remove(argv[i]!, keyspace.memory)) removed++;
  if (value.size === 0) keyspace.delete(slot);
  else keyspace.recount(slot);
  return removed;
}
