export class BudgetGuard {
  constructor(private readonly limitCents: number) {}

  spent(cents: number): string[] {
    const percent = (100 * cents) / this.limitCents;
    // What happens when this is called again with the same amount?
    if (percent >= 50) return ['alert 50'];
    return [];
  }

  newPeriod(): string[] {
    return [];
  }

  active(): string[] {
    return [];
  }
}
