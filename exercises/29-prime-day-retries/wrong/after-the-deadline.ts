// Wrong: does not ask whether anybody will still be waiting
// Says: nobody waits any more
export class Retry {
  private tokens = 0;

  constructor(private readonly random: () => number) {}

  onRequest(): void {
    this.tokens = Math.min(10, this.tokens + 0.01);
  }

  next({ attempt }: { attempt: number }): number | undefined {
    if (this.tokens < 1) return undefined;
    this.tokens -= 1;
    return this.random() * 500 * 2 ** (attempt - 1);
  }
}
