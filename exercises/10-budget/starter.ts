export class Budget {
  private spentUsd = 0;

  constructor(private readonly limitUsd: number) {}

  reserve(worstUsd: number): number | undefined {
    // Is this enough when other calls are on their way?
    return this.spentUsd + worstUsd > this.limitUsd ? undefined : 1;
  }

  settle(id: number, costUsd: number): void {
    this.spentUsd += costUsd;
  }

  release(id: number): void {}

  remaining(): { usd: number; percent: number } {
    return { usd: this.limitUsd - this.spentUsd, percent: 0 };
  }

  async run(worstUsd: number, call: () => Promise<number>): Promise<number> {
    return call();
  }
}
