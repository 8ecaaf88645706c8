import { Connection, type ConnectionState } from './connection.ts';
import type { Command } from './redis-cache/operations.ts';
import { RedisBackedTier, type RedisLink, type RedisTierOptions } from './redis-cache/redis-backed-tier.ts';
import { tierFigures } from './redis-cache/redis-store.ts';
import type { RedisReply } from './redis-simulated/reply.ts';
import type { RedisServer } from './redis-simulated/server.ts';
import type { Abortable, TierOptions } from './tier.ts';

export interface SimulatedLinkOptions {
  /** There and back, ms. */
  readonly networkMs?: number;
  /** Lets time pass before an answer, when given; without it answers are immediate and delays only told. */
  readonly wait?: (ms: number, signal?: Abortable) => Promise<void>;
}

/** One instance's connection to a simulated server, which several may share. */
class SimulatedRedisLink implements RedisLink {
  readonly connection: Connection;

  constructor(
    private readonly server: RedisServer,
    name: string,
    private readonly options: SimulatedLinkOptions,
  ) {
    this.connection = new Connection(name);
  }

  delayMs(commands: readonly Command[], nowMs: number): number {
    const networkMs = this.options.networkMs ?? 0;
    return networkMs + this.server.thread.waitMs(nowMs + networkMs / 2) + this.workMs(commands);
  }

  async send(commands: readonly Command[], options: TierOptions): Promise<RedisReply[]> {
    const nowMs = await this.connection.pass(options);
    const replies = commands.map((command) => this.server.execute(command, nowMs));
    const networkMs = this.options.networkMs ?? 0;
    const doneMs = this.server.thread.reserve(nowMs + networkMs / 2, this.workMs(commands));
    await this.options.wait?.(doneMs + networkMs / 2 - nowMs, options.signal);
    options.signal?.throwIfAborted();
    return replies;
  }

  figures(): ReturnType<RedisLink['figures']> {
    return tierFigures(this.server);
  }

  /** The server stays. */
  async close(): Promise<void> {
    this.connection.close();
  }

  private workMs(commands: readonly Command[]): number {
    return commands.reduce((sum, command) => sum + this.server.costOf(command), 0);
  }
}

/**
 * L2 over the simulated server (C1, C9). Instances over one server share what is in it, each over a connection of its own
 * that can be refused or left hanging.
 */
export class RedisSimulatedTier extends RedisBackedTier {
  declare protected readonly link: SimulatedRedisLink;

  constructor(server: RedisServer, options: RedisTierOptions & SimulatedLinkOptions = {}) {
    const name = options.name ?? 'redis-simulated';
    super(new SimulatedRedisLink(server, name, options), { ...options, name });
  }

  get state(): ConnectionState {
    return this.link.connection.state;
  }

  /** Breaks or mends the connection. */
  setState(state: ConnectionState, nowMs: number): void {
    this.link.connection.setState(state, nowMs);
  }

  /** How long these commands would take if sent now, ms: the network, the line at the server, and their work. */
  delayMs(commands: readonly Command[], nowMs: number): number {
    return this.link.delayMs(commands, nowMs);
  }
}
