import { freshnessOf, type CacheEntry } from '../../entry.ts';
import { RedisFailure, type RedisReply } from '../redis-simulated/reply.ts';
import { escapeGlob } from '../redis-simulated/text.ts';
import { TierError } from '../tier.ts';
import { decodeEntry, encodeEntry } from './envelope.ts';

/**
 * The cache's operations in Redis's commands. Each is a generator that asks for a batch of commands and is given the
 * replies, so the same steps run against the simulated server at once and against a real one with waiting in between.
 */
export type Operation<T> = Generator<Command[], T, RedisReply[]>;
export type Command = readonly string[];

/** Keys looked at in one step of a sweep. */
const STEP = 500;
/** An expiry beyond this, ms, is none: a hundred years. */
const FOR_EVER_MS = 3_155_760_000_000;

/**
 * Layout: `PREFIXe:KEY` holds an entry, `PREFIXt:TAG` the set of the keys that carry the tag. The set is written before
 * the entry, lives at least as long, and may name keys that are gone or have lost the tag; so entries are looked at
 * before they are deleted by it.
 */
export class RedisOperations {
  /** @param name of the tier, for errors; @param prefix of all its keys; other keys are never touched. */
  constructor(
    private readonly name: string,
    private readonly prefix: string,
  ) {}

  *get(key: string, nowMs: number): Operation<CacheEntry | undefined> {
    const [reply] = yield [['GET', this.entryKey(key)]];
    if (isWrongType(reply)) return yield* this.dropCorrupt(key, 'holds another type');
    const text = this.checked(reply);
    if (typeof text !== 'string') return undefined;
    const entry = decodeEntry(key, text);
    if (!entry) return yield* this.dropCorrupt(key, 'holds no entry');
    return accessed(entry, nowMs);
  }

  /** A corrupt one among several counts as missing, and is dropped. */
  *getMany(keys: readonly string[], nowMs: number): Operation<(CacheEntry | undefined)[]> {
    const entries = yield* this.readAll(keys.map((key) => this.entryKey(key)));
    return entries.map((entry) => entry && accessed(entry, nowMs));
  }

  *set(entry: CacheEntry, nowMs: number): Operation<boolean> {
    const [kept] = yield* this.setMany([entry], nowMs);
    return kept!;
  }

  /**
   * All in one batch. An entry of which any part was refused is deleted, so that no older value stays and none is
   * without its tags; when that struck, the operation fails after all others have been written.
   */
  *setMany(entries: readonly CacheEntry[], nowMs: number): Operation<boolean[]> {
    const batch: Command[] = [];
    const parts = entries.map((entry) => {
      const from = batch.length;
      batch.push(...this.writing(entry, nowMs));
      return { from, to: batch.length };
    });
    if (batch.length === 0) return [];
    const replies = yield batch;
    const failures = parts.map(({ from, to }) =>
      replies.slice(from, to).find((reply) => reply instanceof RedisFailure),
    );
    const refused = entries.filter((_, i) => failures[i]);
    if (refused.length > 0) {
      yield [['UNLINK', ...refused.map((entry) => this.entryKey(entry.key))]];
      this.checked(failures.find((failure) => failure)!);
    }
    return entries.map((entry) => nowMs < entry.staleUntilMs);
  }

  *delete(key: string, nowMs: number): Operation<boolean> {
    const [reply] = yield [['GETDEL', this.entryKey(key)]];
    if (isWrongType(reply)) {
      yield [['UNLINK', this.entryKey(key)]];
      return true;
    }
    const text = this.checked(reply);
    if (typeof text !== 'string') return false;
    const entry = decodeEntry(key, text);
    return !entry || freshnessOf(entry, nowMs) !== 'expired';
  }

  *touch(key: string): Operation<void> {
    const [reply] = yield [['TOUCH', this.entryKey(key)]];
    this.checked(reply);
  }

  /**
   * By the set of the tag. Redis may have evicted a set, so once the server has evicted anything, all entries are looked
   * at instead, which takes as long as there are keys.
   */
  *deleteByTag(tag: string, nowMs: number): Operation<number> {
    const [set, info] = yield [
      ['SMEMBERS', this.tagKey(tag)],
      ['INFO', 'stats'],
    ];
    if (isWrongType(set)) yield [['UNLINK', this.tagKey(tag)]];
    const intact = !isWrongType(set) && /^evicted_keys:0\s*$/m.test(String(this.checked(info)));
    const members = isWrongType(set) ? [] : (this.checked(set) as string[]);
    const candidates = intact ? members : yield* this.scanned(this.entryKey(''));
    let deleted = 0;
    for (const keys of inSteps(candidates)) {
      const entries = yield* this.readAll(keys);
      const carrying = keys.filter((_, i) => entries[i]?.tags.includes(tag));
      if (carrying.length > 0) yield [['UNLINK', ...carrying]];
      deleted += entries.filter(
        (entry) => entry?.tags.includes(tag) && freshnessOf(entry, nowMs) !== 'expired',
      ).length;
    }
    for (const keys of inSteps(members)) yield [['SREM', this.tagKey(tag), ...keys]];
    return deleted;
  }

  *deleteByPrefix(keyPrefix: string): Operation<number> {
    return yield* this.unlink(yield* this.scanned(this.entryKey(keyPrefix)));
  }

  /** Deletes what is under the prefix, the sets of tags included, and nothing else. */
  *clear(): Operation<void> {
    yield* this.unlink(yield* this.scanned(this.prefix));
  }

  /**
   * By idle time, or by frequency under an LFU policy, as the server remembers them; that resolves seconds. Looking at
   * the values counts as a use of them.
   */
  *inspect(limit: number, nowMs: number): Operation<CacheEntry[]> {
    const ranked: { key: string; rank: number; idle: number | undefined }[] = [];
    for (const keys of inSteps(yield* this.scanned(this.entryKey('')))) {
      const idle = yield keys.map((key) => ['OBJECT', 'IDLETIME', key]);
      const byFrequency = idle.some((reply) => reply instanceof RedisFailure);
      const replies = byFrequency ? yield keys.map((key) => ['OBJECT', 'FREQ', key]) : idle;
      for (const [i, key] of keys.entries()) {
        const value = Number(replies[i] ?? 0);
        ranked.push({ key, rank: byFrequency ? -value : value, idle: byFrequency ? undefined : value });
      }
    }
    ranked.sort((a, b) => a.rank - b.rank);
    const first = ranked.slice(0, limit);
    const entries = yield* this.readAll(first.map(({ key }) => key));
    return entries.flatMap((entry, i) => {
      if (!entry || freshnessOf(entry, nowMs) === 'expired') return [];
      const { idle } = first[i]!;
      if (idle !== undefined) entry.lastAccessedAtMs = Math.max(entry.lastAccessedAtMs, nowMs - idle * 1000);
      return [entry];
    });
  }

  private entryKey(key: string): string {
    return `${this.prefix}e:${key}`;
  }

  private tagKey(tag: string): string {
    return `${this.prefix}t:${tag}`;
  }

  private writing(entry: CacheEntry, nowMs: number): Command[] {
    const key = this.entryKey(entry.key);
    const livesMs = entry.staleUntilMs - nowMs;
    if (!(livesMs > 0)) return [['UNLINK', key]]; // it would be gone at once; what it replaces must not stay
    let text: string;
    try {
      text = encodeEntry(entry);
    } catch (cause) {
      throw new TierError(this.name, 'unsupported', `the value of ${entry.key} has no JSON`, { cause });
    }
    const forEver = livesMs > FOR_EVER_MS;
    const ms = Math.ceil(forEver ? FOR_EVER_MS : livesMs);
    const commands: Command[] = [];
    for (const tag of new Set(entry.tags)) {
      const set = this.tagKey(tag);
      // Every set has an expiry: GT would take none for an endless one and never set it.
      commands.push(
        ['SADD', set, key],
        ['PEXPIRE', set, String(ms), 'NX'],
        ['PEXPIRE', set, String(ms), 'GT'],
      );
    }
    if (forEver) commands.push(['SET', key, text]);
    else if (ms % 1000 === 0) commands.push(['SETEX', key, String(ms / 1000), text]);
    else commands.push(['PSETEX', key, String(ms), text]);
    return commands;
  }

  /** Entries under full keys; those that are no entries are dropped. */
  private *readAll(keys: readonly string[]): Operation<(CacheEntry | undefined)[]> {
    if (keys.length === 0) return [];
    const [reply] = yield [['MGET', ...keys]];
    const texts = this.checked(reply) as (string | null)[];
    const corrupt: string[] = [];
    const entries = texts.map((text, i) => {
      if (text === null) return undefined;
      const entry = decodeEntry(keys[i]!.slice(this.entryKey('').length), text);
      if (!entry) corrupt.push(keys[i]!);
      return entry;
    });
    if (corrupt.length > 0) yield [['UNLINK', ...corrupt]];
    return entries;
  }

  private *scanned(prefix: string): Operation<string[]> {
    const found = new Set<string>(); // SCAN may give a key twice
    let cursor = '0';
    do {
      const [reply] = yield [['SCAN', cursor, 'MATCH', `${escapeGlob(prefix)}*`, 'COUNT', String(STEP)]];
      const [next, keys] = this.checked(reply) as [string, string[]];
      for (const key of keys) found.add(key);
      cursor = String(next);
    } while (cursor !== '0');
    return [...found];
  }

  private *unlink(keys: readonly string[]): Operation<number> {
    let deleted = 0;
    for (const some of inSteps(keys)) {
      const [reply] = yield [['UNLINK', ...some]];
      deleted += Number(this.checked(reply));
    }
    return deleted;
  }

  private *dropCorrupt(key: string, problem: string): Operation<never> {
    yield [['UNLINK', this.entryKey(key)]];
    throw new TierError(this.name, 'corrupt', `${key} ${problem}; it was deleted`);
  }

  private checked(reply: RedisReply | undefined): RedisReply | undefined {
    if (!(reply instanceof RedisFailure)) return reply;
    throw new TierError(this.name, REASONS[reply.code] ?? 'unsupported', reply.text);
  }
}

/** By the error's code; what isn't named is a command that this server refuses. */
const REASONS: Partial<Record<string, TierError['reason']>> = {
  OOM: 'full',
  LOADING: 'unreachable',
  BUSY: 'unreachable',
  CLUSTERDOWN: 'unreachable',
  MASTERDOWN: 'unreachable',
  TRYAGAIN: 'unreachable',
  READONLY: 'blocked',
  MISCONF: 'blocked',
  NOAUTH: 'blocked',
  NOPERM: 'blocked',
  WRONGTYPE: 'corrupt',
};

const isWrongType = (reply: RedisReply | undefined): boolean =>
  reply instanceof RedisFailure && reply.code === 'WRONGTYPE';

/** Redis keeps the count of its own; what is returned has this access on top of those known when it was written. */
function accessed(entry: CacheEntry, nowMs: number): CacheEntry | undefined {
  if (freshnessOf(entry, nowMs) === 'expired') return undefined;
  entry.lastAccessedAtMs = nowMs;
  entry.accessCount++;
  return entry;
}

function* inSteps(keys: readonly string[]): Generator<readonly string[]> {
  for (let i = 0; i < keys.length; i += STEP) yield keys.slice(i, i + STEP);
}
