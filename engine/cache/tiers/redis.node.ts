import { createClient } from 'redis';
import { RedisBackedTier, type RedisLink, type RedisTierOptions } from './redis-cache/redis-backed-tier.ts';
import type { Command } from './redis-cache/operations.ts';
import { RedisFailure, type RedisReply } from './redis-simulated/reply.ts';
import { TierError, type TierOptions } from './tier.ts';

export interface RealRedisOptions extends RedisTierOptions {
  /** Such as `redis://127.0.0.1:6379`; or `socketPath`. */
  readonly url?: string;
  /** Of a socket in the file system. */
  readonly socketPath?: string;
  /** For one batch of commands, ms. A caller's signal may end it sooner. Default 1000. */
  readonly timeoutMs?: number;
  /** For connecting, ms. Default 1000. */
  readonly connectTimeoutMs?: number;
  /** Longest pause between two attempts to connect again, ms; it doubles from 50. Default 2000. */
  readonly reconnectMs?: number;
}

/**
 * L2 in a real Redis through the official client, in Node (C9). Needs Redis 7 (PEXPIRE with NX and GT; GETDEL). While the
 * server can't be reached, operations reject at once with `unreachable` and nothing is queued; the client connects again by
 * itself. An operation that isn't answered in time rejects with `timeout`; the server may carry it out all the same.
 */
export class RedisTier extends RedisBackedTier {
  declare protected readonly link: ClientLink;

  constructor(options: RealRedisOptions) {
    const name = options.name ?? 'redis';
    super(new ClientLink(name, options), { ...options, name });
  }

  /** Waits for the first connection. @throws TierError `unreachable` after the time for connecting. */
  connect(): Promise<void> {
    return this.link.connect();
  }

  /** Asks the server for the figures that `stats` tells: DBSIZE and INFO, of all its keys. */
  refreshStats(options: TierOptions): Promise<void> {
    return this.link.refresh(options);
  }
}

class ClientLink implements RedisLink {
  private readonly client: ReturnType<typeof createClientFor>;
  private readonly timeoutMs: number;
  private readonly connectTimeoutMs: number;
  private opening: Promise<unknown> | undefined;
  private lastProblem: unknown;
  private known = { entries: 0, sizeBytes: 0, evictions: 0, expirations: 0 };

  constructor(
    private readonly name: string,
    options: RealRedisOptions,
  ) {
    this.timeoutMs = options.timeoutMs ?? 1000;
    this.connectTimeoutMs = options.connectTimeoutMs ?? 1000;
    this.client = createClientFor(options, this.connectTimeoutMs);
    // Without a listener, a lost connection would end the process. Each operation tells of it instead.
    this.client.on('error', (error: unknown) => {
      this.lastProblem = error;
    });
  }

  async connect(): Promise<void> {
    await this.limited(this.open(), this.connectTimeoutMs, undefined, 'unreachable');
  }

  async send(commands: readonly Command[], { signal }: TierOptions): Promise<RedisReply[]> {
    signal?.throwIfAborted();
    void this.open();
    if (!this.client.isReady) throw this.unreachable(this.lastProblem);
    // All in one write; an error reply is a reply, a lost connection is a failure of the batch.
    const replies = commands.map((command) =>
      this.client.sendCommand<RedisReply>([...command]).catch((error: unknown) => {
        if (isErrorReply(error)) return new RedisFailure(error.message);
        throw this.unreachable(error);
      }),
    );
    return this.limited(Promise.all(replies), this.timeoutMs, signal, 'timeout');
  }

  figures(): ReturnType<RedisLink['figures']> {
    return { ...this.known };
  }

  async refresh(options: TierOptions): Promise<void> {
    const [size, info] = await this.send([['DBSIZE'], ['INFO']], options);
    const figure = (name: string): number =>
      Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(String(info))?.[1] ?? 0);
    this.known = {
      entries: Number(size),
      sizeBytes: figure('used_memory'),
      evictions: figure('evicted_keys'),
      expirations: figure('expired_keys'),
    };
  }

  async close(): Promise<void> {
    if (this.client.isOpen) this.client.destroy();
  }

  /** Starts connecting once; from then on the client connects again by itself. */
  private open(): Promise<unknown> {
    this.opening ??= this.client.connect().catch((error: unknown) => {
      this.lastProblem = error;
      this.opening = undefined;
    });
    return this.opening;
  }

  private unreachable(cause: unknown): TierError {
    const why = cause instanceof Error && cause.message ? cause.message : 'not connected';
    return new TierError(this.name, 'unreachable', why, { cause });
  }

  /** The answer, unless the time or the caller's signal ends first. */
  private limited<T>(
    answer: Promise<T>,
    limitMs: number,
    signal: TierOptions['signal'],
    reason: 'timeout' | 'unreachable',
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const limit = AbortSignal.timeout(limitMs);
      const onLimit = (): void =>
        settle(() => reject(new TierError(this.name, reason, `no answer within ${limitMs} ms`)));
      const onAbort = (): void => settle(() => reject(signal!.reason));
      const settle = (then: () => void): void => {
        limit.removeEventListener('abort', onLimit);
        signal?.removeEventListener('abort', onAbort);
        then();
      };
      limit.addEventListener('abort', onLimit);
      signal?.addEventListener('abort', onAbort);
      answer.then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error)),
      );
    });
  }
}

function createClientFor(options: RealRedisOptions, connectTimeoutMs: number) {
  const longestPauseMs = options.reconnectMs ?? 2000;
  let pauseMs = 50;
  const reconnectStrategy = (retries: number): number => {
    pauseMs = retries === 0 ? 50 : Math.min(longestPauseMs, pauseMs * 2);
    return pauseMs;
  };
  return createClient({
    RESP: 2,
    disableOfflineQueue: true,
    ...(options.url === undefined ? {} : { url: options.url }),
    socket: {
      ...(options.socketPath === undefined ? {} : { path: options.socketPath }),
      connectTimeout: connectTimeoutMs,
      reconnectStrategy,
    },
  });
}

/** The client has a class for error replies; its name is what stays the same over versions. */
const isErrorReply = (error: unknown): error is Error =>
  error instanceof Error &&
  /^[A-Z]+ /.test(error.message) &&
  /ErrorReply|SimpleError|BlobError/.test(classNames(error));

function classNames(error: Error): string {
  const names: string[] = [];
  for (let at: object | null = error; at; at = Object.getPrototypeOf(at) as object | null)
    names.push(at.constructor.name);
  return names.join(' ');
}
