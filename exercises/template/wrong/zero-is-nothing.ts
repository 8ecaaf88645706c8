// Wrong: a latency of 0 is taken for none
// Says: 0 is a latency
export class Peak {
  private highestMs: number | undefined;

  note(latencyMs: number): void {
    if (!this.highestMs || latencyMs > this.highestMs) this.highestMs = latencyMs;
  }

  highest(): number | undefined {
    return this.highestMs || undefined;
  }
}
