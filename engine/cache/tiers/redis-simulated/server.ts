import type { RandomStream } from '../../../core/random.ts';
import { ActiveExpiry, type ExpiryCosts } from './active-expiry.ts';
import { adminCommands } from './commands/admin.ts';
import type { Call, Command, Container } from './commands/command.ts';
import { expiryCommands } from './commands/expiry.ts';
import { keyCommands } from './commands/keys.ts';
import { setCommands } from './commands/sets.ts';
import { stringCommands } from './commands/strings.ts';
import { RedisConfig } from './config.ts';
import { Evictor } from './eviction.ts';
import { infoText, type RedisFigures } from './info.ts';
import { Keyspace } from './keyspace.ts';
import { MemoryModel, type Quantum } from './memory-model.ts';
import { failure, failures, RedisFailure, type RedisReply } from './reply.ts';
import { DEFAULT_COSTS, type ServiceCosts, serviceMs, SingleThread } from './service.ts';
import { utf8Length } from './text.ts';

export interface RedisServerOptions {
  /** For sampling, the LFU counter and the seed of the hash. */
  readonly random: RandomStream;
  /** Settings as of redis.conf, such as `{ maxmemory: '100mb', 'maxmemory-policy': 'allkeys-lru' }`. */
  readonly config?: Readonly<Record<string, string | number>>;
  /** See memory-model.ts; 8 by default, as in Redis's own builds. */
  readonly quantum?: Quantum;
  /** What an empty server with a client occupies, bytes. */
  readonly baseBytes?: number;
  readonly costs?: Partial<ServiceCosts & ExpiryCosts & { evictionUs: number }>;
}

const DEFAULT_BASE_BYTES = 900_000;
/** Buckets that a cron moves to the new table: what fits into its millisecond. */
const BUCKETS_PER_CRON = 10_000;

const commands: Record<string, Command | Container> = {
  ...stringCommands,
  ...expiryCommands,
  ...keyCommands,
  ...setCommands,
  ...adminCommands,
};
const table = new Map(Object.entries(commands));

/**
 * A Redis 7.0 server as a synchronous state machine: what a cache uses of it, with its rules for expiry, eviction and
 * memory. Time is passed in with each call and must not run backwards (an earlier time counts as the latest one seen); the
 * server's periodic work is done on the way, as if its cron had run at its `hz`. Sources: the files of Redis's source
 * named in each part; Redis docs. Where it differs from the real one: docs/redis.md.
 */
export class RedisServer {
  readonly config = new RedisConfig();
  /** The one thread that serves all connections; a driver asks it how long a command has to wait. */
  readonly thread = new SingleThread();
  private readonly keyspace: Keyspace;
  private readonly evictor: Evictor;
  private readonly expiry: ActiveExpiry;
  private readonly costs: ServiceCosts;
  private latestMs = -Infinity;
  private nextCronMs = -Infinity;
  private evicting = false;
  private processed = 0;
  /** One object for all commands: they are executed one after the other. */
  private readonly call: { -readonly [K in keyof Call]: Call[K] };

  /** @throws Error when a setting of `config` is refused, with Redis's own words. */
  constructor(options: RedisServerOptions) {
    const { costs } = options;
    const memory = new MemoryModel(options.quantum ?? 8);
    this.keyspace = new Keyspace(
      this.config,
      memory,
      options.random,
      options.baseBytes ?? DEFAULT_BASE_BYTES,
    );
    this.evictor = new Evictor(this.keyspace, costs?.evictionUs ?? 1.5);
    this.expiry = new ActiveExpiry(this.keyspace, {
      lookUs: costs?.lookUs ?? 0.1,
      deleteUs: costs?.deleteUs ?? 0.6,
    });
    this.costs = { ...DEFAULT_COSTS, ...costs };
    const settings = Object.entries(options.config ?? {}).flatMap(([name, value]) => [name, String(value)]);
    this.call = {
      keyspace: this.keyspace,
      expiry: this.expiry,
      argv: [],
      name: '',
      nowMs: 0,
      info: (sections) => infoText(this.figures(), sections),
      resetStats: () => this.resetStats(),
      startEviction: () => {
        this.evicting = true;
      },
    };
    const reply = settings.length > 0 ? this.config.set(settings) : null;
    if (reply instanceof RedisFailure) throw new Error(reply.text);
  }

  /**
   * Runs one command, as `['SET', 'key', 'value', 'EX', '60']`; a command that fails answers with a RedisFailure and
   * throws nothing. O(1) but for SCAN, FLUSHALL, commands on several keys, and evictions.
   * @param nowMs Unix time, ms
   */
  execute(argv: readonly string[], nowMs: number): RedisReply {
    this.advance(nowMs);
    const reply = this.dispatch(argv);
    this.keyspace.transientBytes = 0;
    this.expiry.fast(this.latestMs);
    return reply;
  }

  /** Does the periodic work that was due up to now: the clock, active expiry, shrinking and moving of tables. */
  advance(nowMs: number): void {
    if (nowMs > this.latestMs) this.latestMs = nowMs;
    if (this.latestMs === -Infinity) return; // nobody has told the time yet
    if (this.nextCronMs === -Infinity) this.nextCronMs = this.latestMs;
    const periodMs = 1000 / this.config.hz;
    while (this.nextCronMs <= this.latestMs) {
      this.cron(this.nextCronMs);
      this.nextCronMs += periodMs;
      if (this.keyspace.all.moving || this.keyspace.volatile.moving) continue;
      // Crons that can find nothing are skipped, all but the last, which sets the clock.
      const quietUntil = Math.min(this.keyspace.earliestExpiryMs, this.latestMs) - periodMs;
      const idle = Math.floor((quietUntil - this.nextCronMs) / periodMs);
      if (idle > 0 && this.keyspace.earliestExpiryMs > this.nextCronMs) this.nextCronMs += idle * periodMs;
    }
    while (this.evicting) this.evicting = this.evictor.evict(this.latestMs) === 'running';
  }

  /** One run of the server's cron (server.c `serverCron`); `advance` calls it at the server's `hz`. */
  cron(nowMs: number): void {
    const { keyspace } = this;
    keyspace.tick(nowMs);
    this.expiry.slow(nowMs);
    for (const dict of [keyspace.all, keyspace.volatile]) {
      dict.shrinkIfSparse();
      dict.move(BUCKETS_PER_CRON);
    }
  }

  /** How long the command would keep the server's thread busy, ms; see service.ts. */
  costOf(argv: readonly string[]): number {
    let bytes = 0;
    for (const word of argv) bytes += utf8Length(word);
    const name = argv[0]?.toLowerCase();
    if (name === 'get' || name === 'mget')
      for (let i = 1; i < argv.length; i++) bytes += this.keyspace.valueLength(argv[i]!);
    return serviceMs(argv, bytes, this.costs);
  }

  figures(): RedisFigures {
    const { keyspace, config, expiry } = this;
    return {
      keys: keyspace.all.size,
      keysWithExpiry: keyspace.volatile.size,
      usedBytes: keyspace.usedBytes(),
      maxBytes: config.maxmemory,
      policy: config['maxmemory-policy'],
      ...keyspace.stats,
      staleShare: expiry.staleShare,
      expiryTimeCapReached: expiry.timeCapReached,
      commands: this.processed,
    };
  }

  private resetStats(): void {
    Object.assign(this.keyspace.stats, { hits: 0, misses: 0, expired: 0, evicted: 0 });
    this.expiry.staleShare = 0;
    this.expiry.timeCapReached = 0;
    this.processed = 0;
  }

  private dispatch(argv: readonly string[]): RedisReply {
    const word = argv[0] ?? '';
    let name = word.toLowerCase();
    let command: Command | Container | undefined = table.get(name);
    if (command && 'subcommands' in command && argv.length > 1) {
      const sub = argv[1]!.toLowerCase();
      command = Object.hasOwn(command.subcommands, sub) ? command.subcommands[sub] : undefined;
      if (!command)
        return failure(`unknown subcommand '${shorten(argv[1]!)}'. Try ${word.toUpperCase()} HELP.`);
      name = `${name}|${sub}`;
    }
    if (!command) return unknownCommand(argv);
    const wrong = command.arity > 0 ? argv.length !== command.arity : argv.length < -command.arity;
    if (wrong || 'subcommands' in command) return failures.arity(name);

    if (this.config.maxmemory > 0) {
      this.keyspace.transientBytes = this.keyspace.memory.argumentsBytes(argv.map(utf8Length));
      const result = this.evictor.evict(this.latestMs);
      this.evicting = result === 'running';
      if (result === 'exhausted' && command.deniedWhenFull) return failures.outOfMemory;
    }
    this.processed++;
    const { call } = this;
    call.argv = argv;
    call.name = name;
    call.nowMs = this.latestMs;
    return command.run(call);
  }
}

const MESSAGE_LIMIT = 128;
const shorten = (word: string): string => word.slice(0, MESSAGE_LIMIT).replace(/[\r\n]/g, ' ');

function unknownCommand(argv: readonly string[]): RedisFailure {
  let words = '';
  for (let i = 1; i < argv.length && words.length < MESSAGE_LIMIT; i++)
    words += `'${argv[i]!.slice(0, MESSAGE_LIMIT - words.length)}' `;
  const text = `unknown command '${shorten(argv[0] ?? '')}', with args beginning with: ${words}`;
  return failure(text.replace(/[\r\n]/g, ' '));
}
