import * as v from 'valibot';
import { nonNegative, positive } from './fields.ts';

/**
 * Deadlines passed along a chain of calls: a time by which the answer must be with the caller, after which nobody wants it.
 * Infinity: none. All functions are pure. Source: Google, SRE book (2016), ch. 22 (deadline propagation); gRPC, Deadlines.
 *
 * Failure modes. (1) Without a margin the work that ends just in time is late: the answer still travels. (2) An absolute time read on
 * another machine's clock is wrong by the clocks' difference: pass on what remains (`timeoutForWire`), as gRPC does. (3) An
 * expectation that is too high drops everything, and as nothing is served nothing corrects it: `shouldDrop` of an idle server
 * must be asked with an expectation of 0, or a few let through.
 */
export const deadlineSchema = v.strictObject({
  /** Time for the whole request, all hops and retries included. */
  totalMs: v.optional(positive, 30_000),
  /** Kept back at each hop for the way back. */
  marginMs: v.optional(nonNegative, 50),
  /** Share of the time that each hop may take, any scale; for hopBudgetMs. */
  hopWeights: v.optional(
    v.pipe(v.array(positive), v.minLength(1, 'at least one hop'), v.maxLength(16, 'at most 16 hops')),
    [1],
  ),
});
export type DeadlineSettings = v.InferOutput<typeof deadlineSchema>;

/** What is left, never below 0; Infinity without a deadline. */
export function remainingMs(deadlineMs: number, nowMs: number): number {
  return Math.max(0, deadlineMs - nowMs);
}

/** Whether work of `expectedMs` that begins now would be answered too late: it would end within the margin or after it. */
export function shouldDrop(deadlineMs: number, expectedMs: number, marginMs: number, nowMs: number): boolean {
  return nowMs + expectedMs + marginMs > deadlineMs;
}

/**
 * Deadline to pass to the next hop: earlier by the margin, so that its answer finds the caller still there, and no later than
 * `ownLimitMs` from now.
 */
export function nextDeadlineMs(
  deadlineMs: number,
  marginMs: number,
  ownLimitMs: number,
  nowMs: number,
): number {
  return Math.min(deadlineMs - marginMs, nowMs + ownLimitMs);
}

/** What remains, to be sent instead of the time itself: it means the same on every clock. */
export function timeoutForWire(deadlineMs: number, senderNowMs: number): number {
  return remainingMs(deadlineMs, senderNowMs);
}

/** The deadline on the receiver's clock. What the message took is not known there; `travelMs` is what to allow for it. */
export function deadlineFromWire(timeoutMs: number, receiverNowMs: number, travelMs = 0): number {
  return receiverNowMs + Math.max(0, timeoutMs - travelMs);
}

/**
 * Time that hop number `hop` (0 first) may take of what remains: its weight over the weights still to come. What a hop does not use the
 * later ones share; when each uses its all, the hops' times add up to the whole.
 */
export function hopBudgetMs(leftMs: number, weights: readonly number[], hop: number): number {
  let toCome = 0;
  for (let i = hop; i < weights.length; i++) toCome += weights[i]!;
  return toCome > 0 ? (leftMs * weights[hop]!) / toCome : 0;
}
