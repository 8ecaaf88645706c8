// Wrong: only the present time is compared with the deadline, not the time when the retry would start
// Says: The retry would start at 1050 ms, and has to start at 1049 ms or earlier
interface Settings {
  baseMs: number;
  capMs: number;
  marginMs: number;
}

/** Hundredths of a token, so that all sums are whole. */
const cost = 100;
const mostSaved = 100 * cost;
const forFirstTry = 20;
const forMillisecond = 1;

export class RetryBudget {
  private saved = 10 * cost;
  private lastMs = 0;

  constructor(private readonly settings: Settings) {}

  firstTry(nowMs: number): void {
    this.refill(nowMs);
    this.add(forFirstTry);
  }

  tokens(nowMs: number): number {
    this.refill(nowMs);
    return Math.floor(this.saved / cost);
  }

  retry(failed: number, deadlineMs: number, nowMs: number, random: number): number | undefined {
    const { baseMs, capMs, marginMs } = this.settings;
    this.refill(nowMs);
    const waitMs = Math.floor(random * Math.min(capMs, baseMs * 2 ** (failed - 1)));
    if (nowMs > deadlineMs - marginMs || this.saved < cost) return undefined;
    this.saved -= cost;
    return waitMs;
  }

  private refill(nowMs: number): void {
    this.add((nowMs - this.lastMs) * forMillisecond);
    this.lastMs = nowMs;
  }

  private add(hundredths: number): void {
    this.saved = Math.min(mostSaved, this.saved + hundredths);
  }
}
