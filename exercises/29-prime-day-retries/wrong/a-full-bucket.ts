// Wrong: the bucket starts with a hundred tokens, all of which go when the trouble begins
// Says: make the trouble worse
export class Retry {
  private tokens = 100;

  onRequest(): void {
    this.tokens = Math.min(100, this.tokens + 0.1);
  }

  next({ nowMs, deadlineMs }: { nowMs: number; deadlineMs: number }): number | undefined {
    if (this.tokens < 1 || nowMs + 500 >= deadlineMs) return undefined;
    this.tokens -= 1;
    return 500;
  }
}
