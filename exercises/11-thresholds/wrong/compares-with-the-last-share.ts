// Wrong: only the share before is remembered, so that what crosses a level twice alerts twice
// Says: an alert comes once in a period
const levels: [percent: number, action?: string][] = [
  [50],
  [80, 'cheaper-models'],
  [90, 'defer'],
  [95, 'scale-down'],
  [100, 'stop'],
];

export class BudgetGuard {
  private last = 0;
  private on: string[] = [];

  constructor(private readonly limitCents: number) {}

  spent(cents: number): string[] {
    const percent = (100 * cents) / this.limitCents;
    const events: string[] = [];
    for (const [level, action] of levels) {
      if (action && this.last > level - 5 && percent <= level - 5 && this.on.includes(action)) {
        events.unshift('off ' + action);
        this.on = this.on.filter((one) => one !== action);
      }
      if (this.last >= level || percent < level) continue;
      if (level !== 95) events.push('alert ' + level);
      if (action) {
        events.push('on ' + action);
        this.on.push(action);
      }
    }
    this.last = percent;
    return events;
  }

  newPeriod(): string[] {
    return this.spent(0);
  }

  active(): string[] {
    return this.on;
  }
}
