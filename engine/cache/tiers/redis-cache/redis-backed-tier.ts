import type { CacheEntry } from '../../entry.ts';
import type { RedisReply } from '../redis-simulated/reply.ts';
import {
  TierError,
  type Tier,
  type TierCapabilities,
  type TierLevel,
  type TierOptions,
  type TierStats,
} from '../tier.ts';
import { type Command, type Operation, RedisOperations } from './operations.ts';

/** The way to a server, near or far. */
export interface RedisLink {
  /**
   * Sends the commands together and gives their replies in order; an error reply is among them as a RedisFailure.
   * Rejects with a TierError when the server can't be reached or doesn't answer, and with the signal's reason.
   */
  send(commands: readonly Command[], options: TierOptions): Promise<RedisReply[]>;
  /** The server's figures, as far as they are known without asking it; of all its keys, not of one prefix. */
  figures(): Pick<TierStats, 'entries' | 'sizeBytes' | 'evictions' | 'expirations'>;
  close(): Promise<void>;
}

export interface RedisTierOptions {
  /** For errors and statistics. */
  readonly name?: string;
  readonly level?: TierLevel;
  /** Before each key; tiers with equal prefixes share their entries. Default `cache:`. */
  readonly prefix?: string;
}

/**
 * A tier in Redis, simulated or real (C9): values as JSON with SETEX, tags as sets. Failures reject with a TierError
 * (`unreachable`, `timeout`, `full` for OOM, `corrupt` for what is no entry, which is then deleted); the request goes on.
 */
export class RedisBackedTier implements Tier {
  readonly name: string;
  readonly level: TierLevel;
  readonly capabilities: TierCapabilities = { persistent: true, shared: true, tags: true, prefixes: true };
  private readonly operations: RedisOperations;
  private readonly counts = { hits: 0, misses: 0, failures: 0 };

  constructor(
    protected readonly link: RedisLink,
    { name = 'redis', level = 'l2', prefix = 'cache:' }: RedisTierOptions,
  ) {
    this.name = name;
    this.level = level;
    this.operations = new RedisOperations(name, prefix);
  }

  async get(key: string, options: TierOptions): Promise<CacheEntry | undefined> {
    const entry = await this.run(this.operations.get(key, options.nowMs), options);
    this.count(entry);
    return entry;
  }

  set(entry: CacheEntry, options: TierOptions): Promise<boolean> {
    return this.run(this.operations.set(entry, options.nowMs), options);
  }

  delete(key: string, options: TierOptions): Promise<boolean> {
    return this.run(this.operations.delete(key, options.nowMs), options);
  }

  async getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]> {
    const entries = await this.run(this.operations.getMany(keys, options.nowMs), options);
    for (const entry of entries) this.count(entry);
    return entries;
  }

  setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]> {
    return this.run(this.operations.setMany(entries, options.nowMs), options);
  }

  clear(options: TierOptions): Promise<void> {
    return this.run(this.operations.clear(), options);
  }

  deleteByTag(tag: string, options: TierOptions): Promise<number> {
    return this.run(this.operations.deleteByTag(tag, options.nowMs), options);
  }

  deleteByPrefix(prefix: string, options: TierOptions): Promise<number> {
    return this.run(this.operations.deleteByPrefix(prefix), options);
  }

  inspect(limit: number, options: TierOptions): Promise<CacheEntry[]> {
    return this.run(this.operations.inspect(limit, options.nowMs), options);
  }

  /** Hits, misses and failures are this tier's; the rest are the whole server's. */
  stats(): TierStats {
    return { ...this.link.figures(), ...this.counts };
  }

  close(): Promise<void> {
    return this.link.close();
  }

  private count(entry: CacheEntry | undefined): void {
    if (entry) this.counts.hits++;
    else this.counts.misses++;
  }

  private async run<T>(operation: Operation<T>, options: TierOptions): Promise<T> {
    try {
      options.signal?.throwIfAborted();
      let step = operation.next();
      while (!step.done) step = operation.next(await this.link.send(step.value, options));
      return step.value;
    } catch (error) {
      if (error instanceof TierError) this.counts.failures++;
      throw error;
    }
  }
}
