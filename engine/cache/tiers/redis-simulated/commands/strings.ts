import { addIntegers, negateInteger, parseInteger } from '../integers.ts';
import { RedisSet } from '../redis-set.ts';
import { failures, OK, RedisFailure, type RedisReply } from '../reply.ts';
import { utf8Length } from '../text.ts';
import type { Call, Command } from './command.ts';
import { readExpiry, readOptions, type StringOptions } from './set-options.ts';

/** Commands on strings (t_string.c). */
export const stringCommands: Record<string, Command> = {
  get: { arity: 2, run: get },
  set: { arity: -3, deniedWhenFull: true, run: set },
  setnx: { arity: 3, deniedWhenFull: true, run: setnx },
  setex: { arity: 4, deniedWhenFull: true, run: (call) => setFor(call, 'ex') },
  psetex: { arity: 4, deniedWhenFull: true, run: (call) => setFor(call, 'px') },
  getex: { arity: -2, run: getex },
  getdel: { arity: 2, run: getdel },
  getset: { arity: 3, deniedWhenFull: true, run: getset },
  mget: { arity: -2, run: mget },
  mset: { arity: -3, deniedWhenFull: true, run: mset },
  strlen: { arity: 2, run: strlen },
  incr: { arity: 2, deniedWhenFull: true, run: (call) => increase(call, 1) },
  decr: { arity: 2, deniedWhenFull: true, run: (call) => increase(call, -1) },
  incrby: { arity: 3, deniedWhenFull: true, run: incrby },
  decrby: { arity: 3, deniedWhenFull: true, run: decrby },
};

function get({ keyspace, argv, nowMs }: Call): RedisReply {
  const slot = keyspace.read(argv[1]!, nowMs);
  if (slot < 0) return null;
  const value = keyspace.values[slot]!;
  return value instanceof RedisSet ? failures.wrongType : value;
}

function set(call: Call): RedisReply {
  const options = readOptions(call.argv, 3, 'set');
  if (!options) return failures.syntax;
  return store(call, options, call.argv[2]!);
}

function setnx({ keyspace, argv, nowMs }: Call): RedisReply {
  const slot = keyspace.write(argv[1]!, nowMs);
  if (slot >= 0) return 0;
  keyspace.put(argv[1]!, slot, argv[2]!, nowMs);
  return 1;
}

function setFor(call: Call, unit: 'ex' | 'px'): RedisReply {
  const options = readOptions([], 0, 'set')!;
  return store(call, { ...options, expiry: { text: call.argv[2]!, unit } }, call.argv[3]!);
}

function store(call: Call, options: StringOptions, value: string): RedisReply {
  const { keyspace, argv, nowMs } = call;
  const key = argv[1]!;
  let expiresAtMs: number | undefined;
  if (options.expiry) {
    const at = readExpiry(options.expiry.text, options.expiry.unit, nowMs, call.name);
    if (at instanceof RedisFailure) return at;
    expiresAtMs = at;
  }
  let old: RedisReply = null;
  if (options.returnOld) {
    old = get(call);
    if (old instanceof RedisFailure) return old;
  }
  const slot = keyspace.write(key, nowMs);
  const refused = slot < 0 ? options.onlyIfPresent : options.onlyIfAbsent;
  if (refused) return options.returnOld ? old : null;
  const stored = keyspace.put(key, slot, value, nowMs, options.keepExpiry);
  if (expiresAtMs !== undefined) keyspace.setExpiry(stored, expiresAtMs);
  return options.returnOld ? old : OK;
}

function getex(call: Call): RedisReply {
  const { keyspace, argv, nowMs, name } = call;
  const options = readOptions(argv, 2, 'getex');
  if (!options) return failures.syntax;
  const slot = keyspace.read(argv[1]!, nowMs);
  if (slot < 0) return null;
  const value = keyspace.values[slot]!;
  if (value instanceof RedisSet) return failures.wrongType;
  if (options.expiry) {
    const { text, unit } = options.expiry;
    const at = readExpiry(text, unit, nowMs, name);
    if (at instanceof RedisFailure) return at;
    if (unit.endsWith('at') && at <= nowMs) keyspace.delete(slot);
    else keyspace.setExpiry(slot, at);
  } else if (options.persist) keyspace.clearExpiry(slot);
  return value;
}

function getdel(call: Call): RedisReply {
  const value = get(call);
  if (typeof value === 'string') call.keyspace.delete(call.keyspace.find(call.argv[1]!));
  return value;
}

function getset(call: Call): RedisReply {
  const { keyspace, argv, nowMs } = call;
  const old = get(call);
  if (old instanceof RedisFailure) return old;
  keyspace.put(argv[1]!, keyspace.write(argv[1]!, nowMs), argv[2]!, nowMs);
  return old;
}

function mget({ keyspace, argv, nowMs }: Call): RedisReply {
  const values: (string | null)[] = [];
  for (let i = 1; i < argv.length; i++) {
    const slot = keyspace.read(argv[i]!, nowMs);
    const value = slot < 0 ? null : keyspace.values[slot]!;
    values.push(typeof value === 'string' ? value : null);
  }
  return values;
}

function mset({ keyspace, argv, nowMs, name }: Call): RedisReply {
  if (argv.length % 2 === 0) return failures.arity(name);
  for (let i = 1; i < argv.length; i += 2)
    keyspace.put(argv[i]!, keyspace.write(argv[i]!, nowMs), argv[i + 1]!, nowMs);
  return OK;
}

function strlen(call: Call): RedisReply {
  const value = get(call);
  return typeof value === 'string' ? utf8Length(value) : (value ?? 0);
}

function incrby(call: Call): RedisReply {
  const by = parseInteger(call.argv[2]!);
  return by === undefined ? failures.notAnInteger : increase(call, by);
}

function decrby(call: Call): RedisReply {
  const by = parseInteger(call.argv[2]!);
  if (by === undefined) return failures.notAnInteger;
  const opposite = negateInteger(by);
  return opposite === undefined ? failures.decrementOverflow : increase(call, opposite);
}

function increase({ keyspace, argv, nowMs }: Call, by: number | bigint): RedisReply {
  const slot = keyspace.write(argv[1]!, nowMs);
  const value = slot < 0 ? '0' : keyspace.values[slot]!;
  if (value instanceof RedisSet) return failures.wrongType;
  const old = parseInteger(value);
  if (old === undefined) return failures.notAnInteger;
  const sum = addIntegers(old, by);
  if (sum === undefined) return failures.overflow;
  keyspace.put(argv[1]!, slot, String(sum), nowMs, true);
  return sum;
}
