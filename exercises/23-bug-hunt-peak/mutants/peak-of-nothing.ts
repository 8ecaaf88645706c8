export class LoadReport {
  private readonly latenciesMs: number[] = [];
  private failures = 0;

  answered(latencyMs: number): void {
    this.latenciesMs.push(latencyMs);
  }

  failed(): void {
    this.failures += 1;
  }

  peakMs(): number | null {
    return Math.max(...this.latenciesMs);
  }

  percentileMs(percent: number): number | null {
    const sorted = [...this.latenciesMs].sort((a, b) => a - b);
    if (sorted.length === 0) return null;
    return sorted[Math.ceil((percent * sorted.length) / 100) - 1];
  }

  failedShare(): number | null {
    const all = this.latenciesMs.length + this.failures;
    return all === 0 ? null : this.failures / all;
  }
}
