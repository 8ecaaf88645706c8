interface Settings {
  maxTotal: number;
  maxPerHost: number;
  keepAliveMs: number;
  timeoutMs: number;
}

export class ConnectionPool {
  private opened = 0;

  constructor(private readonly settings: Settings) {}

  async acquire(host: string, nowMs: number): Promise<number> {
    // A new connection each time. Who may use it afterwards, and what if there are too many?
    this.opened += 1;
    return this.opened;
  }

  release(id: number, nowMs: number): void {}

  tick(nowMs: number): void {}

  stats(nowMs: number): { open: number; idle: number; waiting: number } {
    return { open: this.opened, idle: 0, waiting: 0 };
  }
}
