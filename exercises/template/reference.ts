export class Peak {
  private highestMs: number | undefined;

  note(latencyMs: number): void {
    if (this.highestMs === undefined || latencyMs > this.highestMs) this.highestMs = latencyMs;
  }

  highest(): number | undefined {
    return this.highestMs;
  }
}
