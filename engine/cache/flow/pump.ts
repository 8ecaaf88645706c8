import type { Effect, FlowEvent } from './protocol.ts';
import type { TieredCache } from './tiered-cache.ts';

/**
 * The part that all drivers share: events are decided one after the other, their effects carried out in order, and results that are
 * there at once become the next events. So two drivers differ only in how they wait.
 */
export class Pump {
  private readonly events: FlowEvent[] = [];
  private running = false;

  /** @param execute carries out an effect; returns its result when there is one at once. */
  constructor(
    private readonly cache: TieredCache,
    private readonly execute: (effect: Effect, nowMs: number) => FlowEvent | undefined,
  ) {}

  /** @throws InputError for an event that the cache refuses (an empty key). */
  post(event: FlowEvent, nowMs: number): void {
    this.events.push(event);
    if (this.running) return;
    this.running = true;
    try {
      for (let next = this.events.shift(); next; next = this.events.shift())
        for (const effect of this.cache.decide(next, nowMs)) {
          const result = this.execute(effect, nowMs);
          if (result) this.events.push(result);
        }
    } finally {
      this.running = false;
    }
  }
}
