import * as v from 'valibot';
import { InputError, show } from '../core/errors.ts';
import { parse } from '../core/schema.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const nonNegative = v.pipe(number, v.minValue(0, 'a number of 0 or more'));
const positive = v.pipe(number, v.gtValue(0, 'a number above 0'));
const share = v.pipe(
  number,
  v.gtValue(0, 'a share above 0, up to 1'),
  v.maxValue(1, 'a share above 0, up to 1'),
);

/**
 * Memory of one agent process (L1). Heap and threshold are the module's.
 *
 * Pause = (base + mark × live MB) / core share. Marking visits what is live and nothing else, so a full collection costs by live
 * data, whatever the garbage (Jones, Hosking and Moss, "The Garbage Collection Handbook", chapters 2 and 3). The order of
 * magnitude was measured: contexts held as objects with short strings take Node 20 and CPython 3 about 1.1 ms a live MB for a full
 * collection on a core of their own; V8's own traces in bug reports show 0.3 to 1 ms. An agent process that shares its
 * machine gets a part of a core, here a fifth, and its pauses are five times as long: 6 ms a live MB. So a heap of 2048 MB
 * that is live to 94 % stands still for (10 + 1.2 × 1925) / 0.2 = 11.6 s a time; at a quarter of that for 2.9 s.
 */
export const memorySchema = v.strictObject({
  heapMb: v.optional(positive, 2048),
  /** A collection begins when this share of the heap is taken. */
  collectAt: v.optional(share, 0.8),
  baseMs: v.optional(nonNegative, 10),
  markMsPerMb: v.optional(nonNegative, 1.2),
  /** Share of a core that the collector gets. */
  coreShare: v.optional(share, 0.2),
  /**
   * A collection does not come before this share of what the last one left free is taken. Where live data comes near the threshold or
   * above it, that is what decides: the fuller the heap, the sooner it comes.
   */
  stepShare: v.optional(share, 0.5),
});

export type MemorySettings = v.InferOutput<typeof memorySchema>;

/** Checked settings with defaults. @throws InputError naming the first that is wrong. */
export function memorySettings(input: unknown = {}): MemorySettings {
  return parse(memorySchema, input, 'memory', Object.keys(memorySchema.entries));
}

export const BYTES_PER_MB = 1024 * 1024;

export interface MemoryStats {
  collections: number;
  pausedMs: number;
  longestPauseMs: number;
  /** Garbage given back. */
  freedBytes: number;
  allocatedBytes: number;
  outOfMemory: number;
}

/**
 * Heap of a process with stop-the-world collections. Live bytes are held until `free`, which makes garbage of them; garbage goes
 * with the next collection. With live data far below the threshold, collections are short and far apart; as live data fills
 * the heap each takes longer, frees less and is followed by the next one sooner, until the process does little else.
 *
 * All time comes from outside: `nowMs` never goes back. A pause stops everything, so what comes during one waits for its end.
 */
export class ProcessMemory {
  readonly stats: MemoryStats = {
    collections: 0,
    pausedMs: 0,
    longestPauseMs: 0,
    freedBytes: 0,
    allocatedBytes: 0,
    outOfMemory: 0,
  };
  private live = 0;
  private garbage = 0;
  private triggerBytes: number;
  private pausedUntilMs = -Infinity;
  private dead = false;

  constructor(readonly settings: MemorySettings) {
    this.triggerBytes = this.threshold;
  }

  get liveBytes(): number {
    return this.live;
  }
  get garbageBytes(): number {
    return this.garbage;
  }
  /** Share of the heap that is taken, by live data and garbage. Never above 1. */
  get share(): number {
    return (this.live + this.garbage) / this.heapBytes;
  }
  /** What `share` would be after a collection now: the figure to watch. */
  get liveShare(): number {
    return this.live / this.heapBytes;
  }
  /** Something did not fit even after a collection, and the process ended. Nothing else works until `restart`. */
  get outOfMemory(): boolean {
    return this.dead;
  }
  /** Length of a full collection now. */
  get nextPauseMs(): number {
    const { baseMs, markMsPerMb, coreShare } = this.settings;
    return (baseMs + (markMsPerMb * this.live) / BYTES_PER_MB) / coreShare;
  }
  /** Bytes to be allocated until the next collection; with the rate of garbage, how often it comes. */
  get bytesToNextCollection(): number {
    return Math.max(0, this.triggerBytes - this.live - this.garbage);
  }

  /**
   * Bytes that a request uses and leaves behind: garbage at once.
   * @returns milliseconds that the request stands still: the rest of a pause under way, and its own; 0 when there is none. When the
   *   memory does not do, look at `outOfMemory`.
   */
  allocate(bytes: number, nowMs: number): number {
    const pauseMs = this.take(bytes, nowMs);
    if (!this.dead) this.garbage += bytes;
    return pauseMs;
  }

  /** Bytes that stay, such as a context. Returns as `allocate`. */
  hold(bytes: number, nowMs: number): number {
    const pauseMs = this.take(bytes, nowMs);
    if (!this.dead) this.live += bytes;
    return pauseMs;
  }

  /** Held bytes that are no longer needed: garbage now, room only after a collection. */
  free(bytes: number): void {
    if (!(bytes >= 0 && bytes <= this.live))
      throw new InputError('bytes', `a number from 0 to the ${this.live} held`, show(bytes));
    this.live -= bytes;
    this.garbage += bytes;
  }

  /** A collection that somebody asked for. Returns its pause. */
  collect(nowMs: number): number {
    const pauseMs = this.nextPauseMs;
    const { stats } = this;
    stats.collections++;
    stats.pausedMs += pauseMs;
    stats.longestPauseMs = Math.max(stats.longestPauseMs, pauseMs);
    stats.freedBytes += this.garbage;
    this.garbage = 0;
    this.triggerBytes = this.trigger();
    this.pausedUntilMs = Math.max(nowMs, this.pausedUntilMs) + pauseMs;
    return pauseMs;
  }

  /** To be called when a setting has changed: the next collection comes by the new ones. */
  retune(): void {
    this.triggerBytes = this.trigger();
  }

  /** A new process in the place of the old one: everything held is lost. */
  restart(): void {
    this.live = 0;
    this.garbage = 0;
    this.triggerBytes = this.threshold;
    this.pausedUntilMs = -Infinity;
    this.dead = false;
  }

  private trigger(): number {
    const { live, heapBytes } = this;
    return Math.max(this.threshold, live + this.settings.stepShare * (heapBytes - live));
  }

  private get heapBytes(): number {
    return this.settings.heapMb * BYTES_PER_MB;
  }
  private get threshold(): number {
    return this.settings.collectAt * this.heapBytes;
  }

  private take(bytes: number, nowMs: number): number {
    if (!(bytes >= 0 && bytes < Infinity))
      throw new InputError('bytes', 'a number of 0 or more', show(bytes));
    if (this.dead)
      throw new InputError('memory', 'a running process', 'one that ran out of memory', 'Call restart().');
    let pauseMs = Math.max(0, this.pausedUntilMs - nowMs);
    if (this.live + this.garbage + bytes > this.triggerBytes) pauseMs += this.collect(nowMs);
    if (this.live + this.garbage + bytes > this.heapBytes) {
      this.dead = true;
      this.stats.outOfMemory++;
    } else this.stats.allocatedBytes += bytes;
    return pauseMs;
  }
}

/**
 * Most bytes held for one answer at a time: the whole of it until it is sent, or a few chunks of it on their way. Either way as many
 * bytes are garbage in the end; streaming lowers what is live, and with it each pause.
 */
export function answerPeakBytes(
  answerBytes: number,
  delivery: { streamed: false } | { streamed: true; chunkBytes: number; chunksInFlight: number },
): number {
  if (!delivery.streamed) return answerBytes;
  return Math.min(answerBytes, delivery.chunkBytes * delivery.chunksInFlight);
}
