// Wrong: the highest of nothing is 0, as if a request had been that fast
// Says: Nothing was noted yet
export class Peak {
  private highestMs = 0;

  note(latencyMs: number): void {
    this.highestMs = Math.max(this.highestMs, latencyMs);
  }

  highest(): number | undefined {
    return this.highestMs;
  }
}
