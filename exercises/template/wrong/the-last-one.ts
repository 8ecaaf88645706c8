// Wrong: the last latency is remembered, whether or not it is the highest
// Says: The highest of 5, 3
export class Peak {
  private lastMs: number | undefined;

  note(latencyMs: number): void {
    this.lastMs = latencyMs;
  }

  highest(): number | undefined {
    return this.lastMs;
  }
}
