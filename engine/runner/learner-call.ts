/** The learner's part gave what cannot be used, or threw. */
export class LearnerFault extends Error {
  override readonly name = 'LearnerFault';
  readonly stackOfThrown: string;

  constructor(
    /** What was asked, as one would write it. */
    readonly call: string,
    readonly expected: string,
    readonly got: string,
    thrown?: unknown,
  ) {
    super(`${call}: expected ${expected}, got ${got}.`);
    this.stackOfThrown = thrown instanceof Error ? String(thrown.stack) : '';
  }
}

/** A value as a person would name it. Reads nothing of an object but whether it can be waited for. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing (undefined)';
    case 'string':
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    case 'number':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      if (isPromise(value)) return 'a promise';
      return Array.isArray(value) ? 'a list' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

const isPromise = (value: object): boolean => typeof (value as { then?: unknown }).then === 'function';

export function thrown(call: string, error: unknown): LearnerFault {
  const what =
    error instanceof Error ? `${error.name}: ${String(error.message).slice(0, 300)}` : describe(error);
  return new LearnerFault(call, 'an answer', `an error: ${what}`, error);
}

/** A method that answers nothing has answered a promise: it is async, and its work comes after the run. */
export function refuseAnswer(call: string, answer: unknown): void {
  if (typeof answer === 'object' && answer !== null && isPromise(answer))
    throw new LearnerFault(call, 'its work to be done when it returns', 'a promise');
}

export interface LearnerClock {
  nowMs(): number;
  /** Called between decisions, every quarter of a second at most: the run goes on, however slowly. */
  alive(): void;
}

const SAMPLED_OF = 8;
const ALIVE_MS = 250;
const SLOW_MS = 1;

/**
 * Counts the learner's decisions and takes the time of every eighth. A browser's clock is coarse, so single times say nothing; their
 * mean over a slice of the run does, and the median of the slices is not moved by a pause of the machine.
 */
export class CallMeter {
  calls = 0;
  private beganMs = 0;
  private timed = false;
  private slow = false;
  private sampledMs = 0;
  private samples = 0;
  private heardMs = 0;
  private readonly slicesUs: number[] = [];

  constructor(private readonly clock: LearnerClock) {}

  begin(): void {
    this.calls++;
    this.timed = this.slow || this.calls % SAMPLED_OF === 0;
    if (this.timed) this.beganMs = this.clock.nowMs();
  }

  end(): void {
    if (!this.timed) return;
    const nowMs = this.clock.nowMs();
    const tookMs = nowMs - this.beganMs;
    this.slow = tookMs > SLOW_MS;
    this.sampledMs += tookMs;
    this.samples++;
    if (nowMs - this.heardMs < ALIVE_MS) return;
    this.heardMs = nowMs;
    this.clock.alive();
  }

  /** The end of a slice of the run. */
  mark(): void {
    if (this.samples === 0) return;
    this.slicesUs.push((this.sampledMs / this.samples) * 1000);
    this.sampledMs = this.samples = 0;
  }

  get medianUs(): number | null {
    const sorted = [...this.slicesUs];
    if (this.samples > 0) sorted.push((this.sampledMs / this.samples) * 1000);
    sorted.sort((a, b) => a - b);
    return sorted.length > 0 ? sorted[sorted.length >> 1]! : null;
  }
}
