interface Settings {
  baseMs: number;
  capMs: number;
  marginMs: number;
}

export class RetryBudget {
  constructor(private readonly settings: Settings) {}

  firstTry(nowMs: number): void {}

  tokens(nowMs: number): number {
    return 10;
  }

  retry(failed: number, deadlineMs: number, nowMs: number, random: number): number | undefined {
    // Always, and always after the same time: this is how a small fault becomes an outage.
    return this.settings.baseMs;
  }
}
