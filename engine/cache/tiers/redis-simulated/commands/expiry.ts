import { addIntegers, parseInteger, secondsToMs } from '../integers.ts';
import { failure, failures, type RedisReply } from '../reply.ts';
import type { Call, Command } from './command.ts';

/** Commands on times to live (expire.c). */
export const expiryCommands: Record<string, Command> = {
  expire: { arity: -3, run: (call) => expire(call, true, true) },
  pexpire: { arity: -3, run: (call) => expire(call, false, true) },
  expireat: { arity: -3, run: (call) => expire(call, true, false) },
  pexpireat: { arity: -3, run: (call) => expire(call, false, false) },
  ttl: { arity: 2, run: (call) => timeToLive(call, 'seconds', 'left') },
  pttl: { arity: 2, run: (call) => timeToLive(call, 'ms', 'left') },
  expiretime: { arity: 2, run: (call) => timeToLive(call, 'seconds', 'at') },
  pexpiretime: { arity: 2, run: (call) => timeToLive(call, 'ms', 'at') },
  persist: { arity: 2, run: persist },
};

const CONDITIONS = ['nx', 'xx', 'gt', 'lt'];

function expire(call: Call, seconds: boolean, relative: boolean): RedisReply {
  const { keyspace, argv, nowMs, name } = call;
  const conditions = new Set<string>();
  for (const word of argv.slice(3)) {
    if (!CONDITIONS.includes(word.toLowerCase())) return failure(`Unsupported option ${word}`);
    conditions.add(word.toLowerCase());
  }
  if (conditions.has('nx') && conditions.size > 1)
    return failure('NX and XX, GT or LT options at the same time are not compatible');
  if (conditions.has('gt') && conditions.has('lt'))
    return failure('GT and LT options at the same time are not compatible');

  const value = parseInteger(argv[2]!);
  if (value === undefined) return failures.notAnInteger;
  const inMs = seconds ? secondsToMs(value) : value;
  const sum = inMs === undefined ? undefined : relative ? addIntegers(inMs, Math.floor(nowMs)) : inMs;
  if (sum === undefined) return failures.expireTime(name);
  const at = Number(sum);

  const slot = keyspace.write(argv[1]!, nowMs);
  if (slot < 0) return 0;
  const current = keyspace.expiresAtMs[slot]!;
  const never = current < 0;
  if (conditions.has('nx') && !never) return 0;
  if (conditions.has('xx') && never) return 0;
  if (conditions.has('gt') && (never || at <= current)) return 0;
  if (conditions.has('lt') && !never && at >= current) return 0;
  if (at <= nowMs) keyspace.delete(slot);
  else keyspace.setExpiry(slot, at);
  return 1;
}

/** −2: no such key; −1: it never expires. Seconds are rounded to the nearest. */
function timeToLive(call: Call, unit: 'seconds' | 'ms', what: 'left' | 'at'): RedisReply {
  const { keyspace, argv, nowMs } = call;
  const slot = keyspace.read(argv[1]!, nowMs, false);
  if (slot < 0) return -2;
  const at = keyspace.expiresAtMs[slot]!;
  if (at < 0) return -1;
  const ms = what === 'at' ? at : Math.max(0, at - Math.floor(nowMs));
  return unit === 'ms' ? ms : Math.floor((ms + 500) / 1000);
}

function persist({ keyspace, argv, nowMs }: Call): RedisReply {
  const slot = keyspace.write(argv[1]!, nowMs);
  return slot >= 0 && keyspace.clearExpiry(slot) ? 1 : 0;
}
