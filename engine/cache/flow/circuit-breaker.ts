export interface BreakerSettings {
  /** Failures in a row that open it. */
  failures: number;
  /** How long it stays open before one operation may try again. */
  openMs: number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/** The module's figures (L7): five failures, sixty seconds. */
export const BREAKER_DEFAULTS: BreakerSettings = { failures: 5, openMs: 60_000 };

/**
 * Circuit breaker of one tier (Nygard, "Release It!", ch. 5): after so many failures in a row nothing is asked; after a while a
 * single operation is let through; its success closes the breaker, its failure opens it again. A state machine: time is passed in.
 */
export class CircuitBreaker {
  private current: BreakerState = 'closed';
  private failuresInRow = 0;
  private openedMs = 0;
  private trying = false;

  constructor(
    private readonly settings: BreakerSettings,
    private readonly onChange: (state: BreakerState) => void = () => {},
  ) {}

  get state(): BreakerState {
    return this.current;
  }

  /** When the next operation may go; `nowMs` or before when it may go now. */
  get retryAtMs(): number {
    return this.current === 'open' ? this.openedMs + this.settings.openMs : -Infinity;
  }

  /** Whether an operation may go. One that goes must end in `succeeded`, `failed` or `cancelled`. */
  admit(nowMs: number): boolean {
    if (this.current === 'open' && nowMs >= this.retryAtMs) this.become('half-open');
    if (this.current === 'open') return false;
    if (this.current === 'half-open') {
      if (this.trying) return false;
      this.trying = true;
    }
    return true;
  }

  /** What began before the breaker opened and ends while it is open changes nothing. */
  succeeded(): void {
    if (this.current === 'open') return;
    this.trying = false;
    this.failuresInRow = 0;
    if (this.current === 'half-open') this.become('closed');
  }

  failed(nowMs: number): void {
    if (this.current === 'open') return;
    this.trying = false;
    this.failuresInRow++;
    if (this.current === 'half-open' || this.failuresInRow >= this.settings.failures) {
      this.openedMs = nowMs;
      this.failuresInRow = 0;
      this.become('open');
    }
  }

  /** It neither succeeded nor failed: nobody waited for it any more, or the fault was not the tier's. */
  cancelled(): void {
    this.trying = false;
  }

  private become(state: BreakerState): void {
    this.current = state;
    this.onChange(state);
  }
}
