export class Budget {
  private spentUsd = 0;

  constructor(private readonly limitUsd: number) {}

  spend(usd: number): void {
    this.spentUsd += usd;
  }

  remainingUsd(): number {
    return Math.max(0, this.limitUsd - this.spentUsd);
  }

  remainingPercent(): number {
    return this.remainingShare() * 100;
  }

  affords(usd: number): boolean {
    return usd < this.remainingUsd();
  }

  private remainingShare(): number {
    return Math.max(0, this.limitUsd - this.spentUsd) / this.limitUsd;
  }
}
