import type { TokenPrice } from '../cost/prices.ts';
import type { PicoUsd } from '../cost/money.ts';
import type { Rule } from '../cost/rules/rule.ts';
import type { Task } from '../cost/task.ts';

/** In place of an index or a name: there is none. */
export const NONE = -1;

/** A request on its way through the gateway. */
export interface Job {
  readonly id: number;
  /** The driver's name for it; −1 once its caller has left. */
  ref: number;
  readonly task: Task;
  /** Index of the chosen model. */
  model: number;
  /** Index of the model whose answer there is; −1 before the first. */
  answer: number;
  /** In the budgets; −1: none. */
  reservation: number;
  /** What the reservation was made for. */
  worst: PicoUsd;
  /** As the provider's prompt cache is thought to hold them when it starts. */
  cachedTokens: number;
  cacheWriteTokens: number;
  /** The answer is cut here. */
  maxOutputTokens: number;
  /** Price in parts per million of the list price. */
  discountPpm: number;
  /** The rule that decided. */
  rule: Rule | null;
  /** The small model of a cascade has been asked as the cascade says, so that its doubt leads to the large one. */
  cascades: boolean;
  /** A cascade asks the large model. */
  escalated: boolean;
  /** Spent for it so far, all calls together, pico-dollars. */
  spent: number;
  /** Waiting for a batch or for the night. */
  held: boolean;
  /** Why it did not get the model it should have had. */
  warning: string | null;
}

export function newJob(id: number, ref: number, task: Task): Job {
  return {
    id,
    ref,
    task,
    model: NONE,
    answer: NONE,
    reservation: NONE,
    worst: 0,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    maxOutputTokens: task.maxOutputTokens,
    discountPpm: 1_000_000,
    rule: null,
    cascades: false,
    escalated: false,
    spent: 0,
    held: false,
    warning: null,
  };
}

/** A call to a model for one job or, in a batch, several. */
export interface ModelCall {
  readonly id: number;
  readonly model: number;
  readonly jobs: Job[];
  /** On the budgets' clock. */
  readonly startedAtMs: number;
  /** That of the start; it holds whatever changes before the end. */
  readonly price: TokenPrice;
}
