/**
 * What Redis remembers of a key's use: 24 bits, either a clock (LRU) or a minute and a counter (LFU). Pure functions over
 * that field. Sources: evict.c, object.c; Redis docs, "Key eviction", sections "Approximated LRU" and "LFU".
 */

const CLOCK_MAX = (1 << 24) - 1;
/** Seconds; the clock wraps after 194 days. */
const CLOCK_RESOLUTION_MS = 1000;
/** A new key starts here, so that it is not evicted before it could be used. */
export const LFU_INITIAL = 5;
const COUNTER_MAX = 255;

/** The LRU clock: seconds, modulo 2²⁴. */
export const lruClock = (nowMs: number): number => Math.floor(nowMs / CLOCK_RESOLUTION_MS) % (CLOCK_MAX + 1);

/** Time since the last use, ms, in whole seconds; the clock is assumed to have wrapped at most once. */
export function idleMs(field: number, clock: number): number {
  return (clock >= field ? clock - field : clock + (CLOCK_MAX - field)) * CLOCK_RESOLUTION_MS;
}

export interface LfuSettings {
  /** The greater, the more uses one step of the counter takes; 0 counts each use (lfu-log-factor). */
  readonly logFactor: number;
  /** Minutes after which the counter loses 1; 0: never (lfu-decay-time). */
  readonly decayMinutes: number;
}

/** Minutes, modulo 2¹⁶. */
const minuteOf = (nowMs: number): number => Math.floor(nowMs / 60_000) & 0xffff;

export const newLfuField = (nowMs: number): number => (minuteOf(nowMs) << 8) | LFU_INITIAL;

/** The counter, 0 to 255, less one for each decay period since it was last touched. Reading changes nothing. */
export function lfuCounter(field: number, nowMs: number, { decayMinutes }: LfuSettings): number {
  const counter = field & COUNTER_MAX;
  if (decayMinutes === 0) return counter;
  const now = minuteOf(nowMs);
  const then = field >>> 8;
  const elapsed = now >= then ? now - then : 0xffff - then + now;
  return Math.max(0, counter - Math.floor(elapsed / decayMinutes));
}

/** The field after a use: decayed, then raised by 1 with probability 1 / ((counter − 5) · factor + 1). */
export function touchedLfuField(
  field: number,
  nowMs: number,
  settings: LfuSettings,
  uniform: number,
): number {
  let counter = lfuCounter(field, nowMs, settings);
  const above = Math.max(0, counter - LFU_INITIAL);
  if (counter < COUNTER_MAX && uniform < 1 / (above * settings.logFactor + 1)) counter++;
  return (minuteOf(nowMs) << 8) | counter;
}
