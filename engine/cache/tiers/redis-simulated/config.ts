import { parseInteger } from './integers.ts';
import { failure, OK, type RedisReply } from './reply.ts';
import { globMatches } from './text.ts';

/** In the order in which Redis lists them in its messages. */
export const MAXMEMORY_POLICIES = [
  'volatile-lru',
  'volatile-lfu',
  'volatile-random',
  'volatile-ttl',
  'allkeys-lru',
  'allkeys-lfu',
  'allkeys-random',
  'noeviction',
] as const;

export type MaxmemoryPolicy = (typeof MAXMEMORY_POLICIES)[number];

/** Settings that bear on a cache, named as in redis.conf; the values are Redis 7.0's defaults. */
export class RedisConfig {
  /** Bytes; 0: no limit. */
  maxmemory = 0;
  'maxmemory-policy': MaxmemoryPolicy = 'noeviction';
  /** Keys looked at for one eviction. */
  'maxmemory-samples' = 5;
  /** 0 to 100: how long evictions may hold up a command; 10 means 500 µs, 100 without limit. */
  'maxmemory-eviction-tenacity' = 10;
  'lfu-log-factor' = 10;
  /** Minutes. */
  'lfu-decay-time' = 1;
  /** 1 to 10. */
  'active-expire-effort' = 1;
  /** Cron runs a second, 1 to 500. */
  hz = 10;

  get tracksFrequency(): boolean {
    return this['maxmemory-policy'].endsWith('-lfu');
  }

  get tracksRecency(): boolean {
    return this['maxmemory-policy'].endsWith('-lru');
  }

  get evictsVolatileOnly(): boolean {
    return this['maxmemory-policy'].startsWith('volatile-');
  }

  /** CONFIG SET: all or nothing; the reply says which argument was refused. */
  set(pairs: readonly string[]): RedisReply {
    const names: Name[] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      const name = pairs[i]!.toLowerCase();
      if (!isName(name))
        return failure(`Unknown option or number of arguments for CONFIG SET - '${pairs[i]}'`);
      if (names.includes(name)) return refused(pairs[i]!, 'duplicate parameter');
      names.push(name);
    }
    const before: [Name, string | number][] = names.map((name) => [name, this[name]]);
    for (const [i, name] of names.entries()) {
      const value = read(name, pairs[2 * i + 1]!);
      if (typeof value === 'object') {
        for (const [changed, old] of before) Object.assign(this, { [changed]: old });
        return refused(name, value.problem);
      }
      Object.assign(this, { [name]: value });
    }
    return OK;
  }

  /** CONFIG GET: names and values in turn. Redis gives them in the order of its table; here it is the order of `NAMES`. */
  get(patterns: readonly string[]): RedisReply {
    const lower = patterns.map((pattern) => pattern.toLowerCase());
    const found = NAMES.filter((name) => lower.some((pattern) => globMatches(pattern, name)));
    return found.flatMap((name) => [name, String(this[name])]);
  }
}

const INT_MAX = 2147483647;
/** Least and greatest value of the integers. */
const BOUNDS = {
  'maxmemory-samples': [1, INT_MAX],
  'maxmemory-eviction-tenacity': [0, 100],
  'lfu-log-factor': [0, INT_MAX],
  'lfu-decay-time': [0, INT_MAX],
  'active-expire-effort': [1, 10],
  hz: [0, INT_MAX],
} as const;

type Name = 'maxmemory' | 'maxmemory-policy' | keyof typeof BOUNDS;
const NAMES: Name[] = ['maxmemory', 'maxmemory-policy', ...(Object.keys(BOUNDS) as (keyof typeof BOUNDS)[])];
const isName = (text: string): text is Name => (NAMES as string[]).includes(text);

const refused = (name: string, problem: string): RedisReply =>
  failure(`CONFIG SET failed (possibly related to argument '${name}') - ${problem}`);

function read(name: Name, text: string): string | number | { problem: string } {
  if (name === 'maxmemory') return readBytes(text) ?? { problem: 'argument must be a memory value' };
  if (name === 'maxmemory-policy') {
    const policy = MAXMEMORY_POLICIES.find((known) => known === text.toLowerCase());
    return (
      policy ?? { problem: `argument(s) must be one of the following: ${MAXMEMORY_POLICIES.join(', ')}` }
    );
  }
  const value = parseInteger(text);
  if (value === undefined) return { problem: "argument couldn't be parsed into an integer" };
  const [least, greatest] = BOUNDS[name];
  if (value < least || value > greatest)
    return { problem: `argument must be between ${least} and ${greatest} inclusive` };
  return name === 'hz' ? Math.min(500, Math.max(1, Number(value))) : Number(value);
}

const UNITS: Record<string, number> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1024,
  m: 1e6,
  mb: 1048576,
  g: 1e9,
  gb: 1073741824,
};

/** Bytes of a text such as `100mb` (1024² each) or `100m` (10⁶ each); undefined when it is none. */
export function readBytes(text: string): number | undefined {
  const match = /^(\d+)([a-z]*)$/i.exec(text);
  const unit = match && UNITS[match[2]!.toLowerCase()];
  return match && unit ? Number(match[1]) * unit : undefined;
}
