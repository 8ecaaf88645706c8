// Wrong: shares are compared as fractions, and 0.95 - 0.05 is 0.8999… in floating point
// Says: in floating point, 0.95 - 0.05 is less than 0.9
interface Level {
  percent: number;
  alerts: boolean;
  action?: string;
}

/** From the lowest to the highest. */
const levels: Level[] = [
  { percent: 50, alerts: true },
  { percent: 80, alerts: true, action: 'cheaper-models' },
  { percent: 90, alerts: true, action: 'defer' },
  { percent: 95, alerts: false, action: 'scale-down' },
  { percent: 100, alerts: true, action: 'stop' },
];
const gap = 0.05;

export class BudgetGuard {
  private readonly sent = new Set<Level>();
  private readonly on = new Set<Level>();

  constructor(private readonly limitCents: number) {}

  spent(cents: number): string[] {
    const share = cents / this.limitCents;
    return [...this.down(share), ...this.up(share)];
  }

  newPeriod(): string[] {
    this.sent.clear();
    return this.spent(0);
  }

  active(): string[] {
    return levels.filter((level) => this.on.has(level)).map(({ action }) => action!);
  }

  private down(share: number): string[] {
    const events: string[] = [];
    for (const level of [...levels].reverse())
      if (share <= level.percent / 100 - gap && this.on.delete(level)) events.push(`off ${level.action}`);
    return events;
  }

  private up(share: number): string[] {
    const events: string[] = [];
    for (const level of levels) {
      if (share < level.percent / 100) break;
      if (level.alerts && !this.sent.has(level)) {
        this.sent.add(level);
        events.push(`alert ${level.percent}`);
      }
      if (level.action && !this.on.has(level)) {
        this.on.add(level);
        events.push(`on ${level.action}`);
      }
    }
    return events;
  }
}
