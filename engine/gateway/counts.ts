import type { Refusal } from './port.ts';

/** What the gateway has done since the run began. */
export class GatewayCounts {
  requests = 0;
  /** Sent to a model; a batch is one. */
  calls = 0;
  answered = 0;
  /** Requests sent in a batch of two or more. */
  batched = 0;
  /** Put off to the night. */
  deferred = 0;
  /** Deferred work answered after its deadline. */
  late = 0;
  /** Cascades: asked the large model after the small one. */
  escalated = 0;
  /** Got a cheaper model than chosen, for want of budget. */
  downgraded = 0;
  refusedBudget = 0;
  refusedMeasures = 0;
  refusedRule = 0;
  /** Longer than any model takes. */
  refusedInput = 0;
  /** Left out of an answer to a batch. */
  missing = 0;

  onRefused(why: Refusal): void {
    if (why === 'budget') this.refusedBudget++;
    else if (why === 'measures') this.refusedMeasures++;
    else if (why === 'rule') this.refusedRule++;
    else if (why === 'input') this.refusedInput++;
  }
}
