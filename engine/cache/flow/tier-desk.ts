import { CircuitBreaker } from './circuit-breaker.ts';
import { KeyLanes } from './key-lanes.ts';
import type { Effect, FailureReason, TierAction, TierResult } from './protocol.ts';
import type { FlowTier } from './settings.ts';
import type { Alarm, TimeQueue, Wake } from './time-queue.ts';

interface Operation {
  tier: number;
  done: (result: TierResult, nowMs: number) => void;
  deadline: Alarm<Wake> | null;
}

/** These are the tier's fault; others (too large, corrupt, cancelled) say nothing about whether it can be reached. */
const OUTAGES: ReadonlySet<FailureReason> = new Set(['unreachable', 'timeout', 'blocked', 'error']);

/** The one way to the tiers: each operation passes its tier's circuit breaker, has a deadline, and ends exactly once. */
export class TierDesk {
  readonly breakers: readonly CircuitBreaker[];
  readonly lanes: KeyLanes;
  private readonly operations = new Map<number, Operation>();
  /** Tiers whose last operation failed. */
  private readonly troubled = new Set<number>();
  private nextOp = 1;

  /** @param recovered called when a tier that had failed answers again. */
  constructor(
    private readonly tiers: readonly FlowTier[],
    private readonly effects: (effect: Effect) => void,
    private readonly alarms: TimeQueue<Wake>,
    private readonly recovered: (tier: number, nowMs: number) => void,
  ) {
    this.lanes = new KeyLanes(tiers.length);
    this.breakers = tiers.map(
      ({ name, breaker }) =>
        new CircuitBreaker(breaker, (state) =>
          effects({ kind: 'notice', notice: { kind: 'circuit', tier: name, state } }),
        ),
    );
  }

  /**
   * Asks a tier; `done` hears the result, at once when the circuit is open. Returns the operation's number, or 0 when it has
   * ended already.
   */
  ask(
    tier: number,
    action: TierAction,
    nowMs: number,
    done: (result: TierResult, nowMs: number) => void,
  ): number {
    const breaker = this.breakers[tier];
    if (!breaker.admit(nowMs)) {
      const inS = Math.max(0, Math.ceil((breaker.retryAtMs - nowMs) / 1000));
      const message = breaker.state === 'open' ? `circuit open for ${inS} s more` : 'circuit half open';
      done({ ok: false, reason: 'circuit-open', message }, nowMs);
      return 0;
    }
    const op = this.nextOp++;
    const { timeoutMs } = this.tiers[tier];
    const deadlineMs = nowMs + timeoutMs;
    const deadline =
      timeoutMs === Infinity ? null : this.alarms.set(deadlineMs, (atMs) => this.expire(op, atMs));
    this.operations.set(op, { tier, done, deadline });
    this.effects({ kind: 'tier', op, tier, action, deadlineMs });
    return op;
  }

  /**
   * Asks a tier to change one key, after the changes of that key that were asked for before. `done` hears the result once the next one
   * has its turn.
   */
  change(
    tier: number,
    key: string,
    action: TierAction,
    nowMs: number,
    done: (result: TierResult, nowMs: number) => void,
  ): void {
    if (this.tiers[tier].synchronous) {
      this.ask(tier, action, nowMs, done);
      return;
    }
    this.lanes.enter(tier, key, nowMs, (startMs) =>
      this.ask(tier, action, startMs, (result, endMs) => {
        this.lanes.leave(tier, key, endMs);
        done(result, endMs);
      }),
    );
  }

  /** An answer; one that comes after its deadline or was cancelled is nobody's. */
  onDone(op: number, result: TierResult, nowMs: number): void {
    const operation = this.operations.get(op);
    if (!operation) return;
    this.operations.delete(op);
    if (operation.deadline) operation.deadline.cancelled = true;
    const breaker = this.breakers[operation.tier];
    if (result.ok) {
      breaker.succeeded();
      operation.done(result, nowMs);
      if (this.troubled.delete(operation.tier)) this.recovered(operation.tier, nowMs);
      return;
    }
    if (OUTAGES.has(result.reason)) {
      this.troubled.add(operation.tier);
      breaker.failed(nowMs);
    } else breaker.cancelled();
    operation.done(result, nowMs);
  }

  /** Takes an operation back; its `done` is not called. */
  cancel(op: number): void {
    const operation = this.operations.get(op);
    if (!operation) return;
    this.operations.delete(op);
    if (operation.deadline) operation.deadline.cancelled = true;
    this.breakers[operation.tier].cancelled();
    this.effects({ kind: 'cancel', op });
  }

  get underWay(): number {
    return this.operations.size;
  }

  private expire(op: number, nowMs: number): void {
    const { tier } = this.operations.get(op)!;
    this.effects({ kind: 'cancel', op });
    const { timeoutMs } = this.tiers[tier];
    this.onDone(op, { ok: false, reason: 'timeout', message: `no answer within ${timeoutMs} ms` }, nowMs);
  }
}
