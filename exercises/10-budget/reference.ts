/** Whole micro-dollars. */
type MicroUsd = number;

function microUsd(usd: number): MicroUsd {
  if (!Number.isFinite(usd) || usd < 0) throw new Error(`An amount is a number from 0 up, not ${usd}.`);
  return Math.round(usd * 1e6);
}

export class Budget {
  private readonly limit: MicroUsd;
  private readonly open = new Map<number, MicroUsd>();
  private spent: MicroUsd = 0;
  private held: MicroUsd = 0;
  private last = 0;

  constructor(limitUsd: number) {
    this.limit = microUsd(limitUsd);
  }

  reserve(worstUsd: number): number | undefined {
    const worst = microUsd(worstUsd);
    if (this.spent + this.held + worst > this.limit) return undefined;
    this.held += worst;
    this.last += 1;
    this.open.set(this.last, worst);
    return this.last;
  }

  settle(id: number, costUsd: number): void {
    const cost = microUsd(costUsd);
    const worst = this.open.get(id);
    if (worst === undefined) throw new Error(`Reservation ${id} is not open.`);
    if (cost > worst) throw new Error(`Reservation ${id} is for less than $${costUsd}.`);
    this.open.delete(id);
    this.held -= worst;
    this.spent += cost;
  }

  release(id: number): void {
    this.settle(id, 0);
  }

  remaining(): { usd: number; percent: number } {
    const left = this.limit - this.spent - this.held;
    return { usd: left / 1e6, percent: this.limit === 0 ? 0 : (100 * left) / this.limit };
  }

  async run(worstUsd: number, call: () => Promise<number>): Promise<number> {
    const id = this.reserve(worstUsd);
    if (id === undefined) throw new Error('over budget');
    let costUsd: number;
    try {
      costUsd = await call();
    } catch (error) {
      this.release(id);
      throw error;
    }
    this.settle(id, costUsd);
    return costUsd;
  }
}
