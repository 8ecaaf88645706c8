import { idleMs, lfuCounter } from '../access-age.ts';
import { parseInteger } from '../integers.ts';
import { RedisSet } from '../redis-set.ts';
import { failure, failures, OK, RedisStatus, type RedisReply } from '../reply.ts';
import { globMatches } from '../text.ts';
import type { Call, Command, Container } from './command.ts';

/** Commands on keys of any type (db.c, object.c). */
export const keyCommands: Record<string, Command | Container> = {
  del: { arity: -2, run: remove },
  unlink: { arity: -2, run: remove },
  exists: { arity: -2, run: (call) => countKeys(call, false) },
  touch: { arity: -2, run: (call) => countKeys(call, true) },
  type: { arity: 2, run: type },
  dbsize: { arity: 1, run: ({ keyspace }) => keyspace.all.size },
  flushall: { arity: -1, run: flush },
  flushdb: { arity: -1, run: flush },
  scan: { arity: -2, run: scan },
  object: {
    arity: -2,
    subcommands: {
      encoding: { arity: 3, run: encoding },
      freq: { arity: 3, run: frequency },
      idletime: { arity: 3, run: idleTime },
    },
  },
  memory: { arity: -2, subcommands: { usage: { arity: -3, run: memoryUsage } } },
};

function remove({ keyspace, argv, nowMs }: Call): RedisReply {
  let removed = 0;
  for (let i = 1; i < argv.length; i++) {
    const slot = keyspace.live(argv[i]!, nowMs);
    if (slot < 0) continue;
    keyspace.delete(slot);
    removed++;
  }
  return removed;
}

/** A key that is named twice counts twice. */
function countKeys({ keyspace, argv, nowMs }: Call, touch: boolean): RedisReply {
  let present = 0;
  for (let i = 1; i < argv.length; i++) if (keyspace.read(argv[i]!, nowMs, touch) >= 0) present++;
  return present;
}

function type({ keyspace, argv, nowMs }: Call): RedisReply {
  const slot = keyspace.read(argv[1]!, nowMs, false);
  return new RedisStatus(slot < 0 ? 'none' : typeName(keyspace.values[slot]));
}

const typeName = (value: unknown): string => (value instanceof RedisSet ? 'set' : 'string');

function flush({ keyspace, argv }: Call): RedisReply {
  const mode = argv[1]?.toLowerCase();
  if (argv.length > 2 || (mode !== undefined && mode !== 'sync' && mode !== 'async')) return failures.syntax;
  keyspace.clear();
  return OK;
}

function scan({ keyspace, argv, nowMs }: Call): RedisReply {
  if (!/^[+-]?\d{1,20}$|^$/.test(argv[1]!)) return failure('invalid cursor');
  let count = 10;
  let pattern = '*';
  let wantedType: string | undefined;
  for (let i = 2; i < argv.length; i += 2) {
    const word = argv[i]!.toLowerCase();
    const value = argv[i + 1];
    if (value === undefined) return failures.syntax;
    if (word === 'match') pattern = value;
    else if (word === 'type') wantedType = value.toLowerCase();
    else if (word === 'count') {
      const number = parseInteger(value);
      if (number === undefined) return failures.notAnInteger;
      if (number < 1) return failures.syntax;
      count = Number(number);
    } else return failures.syntax;
  }
  const found: number[] = [];
  let cursor = Number(argv[1]) >>> 0;
  let steps = count * 10;
  do cursor = keyspace.all.scan(cursor, (slot) => found.push(slot));
  while (cursor !== 0 && steps-- > 0 && found.length < count);
  const keys: string[] = [];
  for (const slot of found) {
    const key = keyspace.keys[slot]!;
    if (pattern !== '*' && !globMatches(pattern, key)) continue;
    if (wantedType !== undefined && wantedType !== typeName(keyspace.values[slot])) continue;
    if (keyspace.isExpired(slot, nowMs)) keyspace.expire(slot);
    else keys.push(key);
  }
  return [String(cursor), keys];
}

function encoding({ keyspace, argv, nowMs }: Call): RedisReply {
  const slot = keyspace.read(argv[2]!, nowMs, false);
  return slot < 0 ? null : keyspace.encoding(slot);
}

const ADJUSTS =
  'Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.';

function frequency({ keyspace, argv, nowMs }: Call): RedisReply {
  const slot = keyspace.read(argv[2]!, nowMs, false);
  if (slot < 0) return null;
  const { config } = keyspace;
  if (!config.tracksFrequency)
    return failure(`An LFU maxmemory policy is not selected, access frequency not tracked. ${ADJUSTS}`);
  const settings = { logFactor: config['lfu-log-factor'], decayMinutes: config['lfu-decay-time'] };
  return lfuCounter(keyspace.ages[slot]!, nowMs, settings);
}

function idleTime({ keyspace, argv, nowMs }: Call): RedisReply {
  const slot = keyspace.read(argv[2]!, nowMs, false);
  if (slot < 0) return null;
  if (keyspace.config.tracksFrequency)
    return failure(`An LFU maxmemory policy is selected, idle time not tracked. ${ADJUSTS}`);
  return idleMs(keyspace.ages[slot]!, keyspace.clock) / 1000;
}

/** Finds expired keys, too, as the real one does. */
function memoryUsage({ keyspace, argv }: Call): RedisReply {
  for (let i = 3; i < argv.length; i += 2) {
    if (argv[i]!.toLowerCase() !== 'samples' || argv[i + 1] === undefined) return failures.syntax;
    const samples = parseInteger(argv[i + 1]!);
    if (samples === undefined) return failures.notAnInteger;
    if (samples < 0) return failures.syntax;
  }
  const slot = keyspace.find(argv[2]!);
  return slot < 0 ? null : keyspace.reportedUsage(slot);
}
