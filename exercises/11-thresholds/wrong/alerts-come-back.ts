// Wrong: an alert may come again when the share has fallen below its level, so the pager rings all night
// Says: an alert comes once in a period
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
const gap = 5;

export class BudgetGuard {
  private readonly sent = new Set<Level>();
  private readonly on = new Set<Level>();

  constructor(private readonly limitCents: number) {}

  spent(cents: number): string[] {
    const percent = (100 * cents) / this.limitCents;
    for (const level of this.sent) if (percent < level.percent) this.sent.delete(level);
    return [...this.down(percent), ...this.up(percent)];
  }

  newPeriod(): string[] {
    this.sent.clear();
    return this.spent(0);
  }

  active(): string[] {
    return levels.filter((level) => this.on.has(level)).map(({ action }) => action!);
  }

  private down(percent: number): string[] {
    const events: string[] = [];
    for (const level of [...levels].reverse())
      if (percent <= level.percent - gap && this.on.delete(level)) events.push(`off ${level.action}`);
    return events;
  }

  private up(percent: number): string[] {
    const events: string[] = [];
    for (const level of levels) {
      if (percent < level.percent) break;
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
