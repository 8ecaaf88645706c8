import type { Keyspace } from '../keyspace.ts';
import type { RedisReply } from '../reply.ts';
import type { ActiveExpiry } from '../active-expiry.ts';

/** A command while it runs. */
export interface Call {
  readonly keyspace: Keyspace;
  readonly expiry: ActiveExpiry;
  /** The command as sent, its name first. */
  readonly argv: readonly string[];
  /** Name for messages, such as `set` or `config|set`. */
  readonly name: string;
  /** Unix time, ms. */
  readonly nowMs: number;
  /** Text of INFO; @param sections lower case, empty for all. */
  info(sections: readonly string[]): string;
  resetStats(): void;
  /** Memory has to come down to a new limit. */
  startEviction(): void;
}

export interface Command {
  /** Words of the command with its name; negative: at least so many (Redis docs, COMMAND, "Arity"). */
  readonly arity: number;
  /** Refused when memory is over the limit and nothing can be evicted. */
  readonly deniedWhenFull?: boolean;
  readonly run: (call: Call) => RedisReply;
}

/** `config` → its subcommands. */
export interface Container {
  readonly arity: number;
  readonly subcommands: Readonly<Record<string, Command>>;
}
