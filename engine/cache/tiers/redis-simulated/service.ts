/**
 * How long a command keeps the server busy, ms. Redis runs one command after the other, so these times add up in one line.
 * A model with round figures for one core: redis-benchmark of Redis 7.0 over a local socket gives 1.7·10⁵ GET or SET a
 * second with 1 KB values, and 3·10⁴ with 100 KB (docs/redis.md). All are parameters.
 */
export interface ServiceCosts {
  /** Reading, parsing and answering any command. */
  readonly commandMs: number;
  /** Each further key of MGET, MSET, DEL and the like. */
  readonly keyMs: number;
  /** Each KiB that is sent or answered. */
  readonly kibMs: number;
  /** Each bucket that SCAN visits, or member that SMEMBERS gives. */
  readonly elementMs: number;
}

export const DEFAULT_COSTS: ServiceCosts = {
  commandMs: 0.006,
  keyMs: 0.001,
  kibMs: 0.0003,
  elementMs: 0.0001,
};

/** Words of one key each, after the name. */
const PER_WORD = new Set(['mget', 'del', 'unlink', 'exists', 'touch']);

/** @param bytes UTF-8 length of all words sent and values answered; what a SCAN or SMEMBERS finds is not known beforehand. */
export function serviceMs(argv: readonly string[], bytes: number, costs: ServiceCosts): number {
  const name = argv[0]?.toLowerCase() ?? '';
  let ms = costs.commandMs + (bytes / 1024) * costs.kibMs;
  if (PER_WORD.has(name)) ms += costs.keyMs * (argv.length - 2);
  else if (name === 'mset') ms += costs.keyMs * ((argv.length - 1) / 2 - 1);
  else if (name === 'sadd' || name === 'srem') ms += costs.elementMs * (argv.length - 2);
  else if (name === 'scan') {
    const at = argv.findIndex((word) => word.toLowerCase() === 'count');
    ms += costs.elementMs * Number(at > 0 ? argv[at + 1] : 10);
  }
  return ms;
}

/** The single thread: commands are served in the order of their arrival, each for its service time. */
export class SingleThread {
  private freeAtMs = -Infinity;

  /** Queues work that arrives at `nowMs`; @returns when it is done, ms. */
  reserve(nowMs: number, workMs: number): number {
    this.freeAtMs = Math.max(this.freeAtMs, nowMs) + workMs;
    return this.freeAtMs;
  }

  /** How long work that arrives at `nowMs` would wait before its turn, ms. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.freeAtMs - nowMs);
  }
}
