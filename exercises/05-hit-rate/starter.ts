type Band = 'excellent' | 'good' | 'poor';

export class CacheStats {
  private hits = 0;
  private misses = 0;

  /** The fastest level is the first. */
  constructor(private readonly levels: string[]) {}

  record(answeredBy: string, requests: number): void {
    // The module's way: a miss for each level that was asked in vain. What does it lose?
    for (const level of this.levels) {
      if (level === answeredBy) {
        this.hits += requests;
        return;
      }
      this.misses += requests;
    }
  }

  requestRate(): number | null {
    return this.hits / (this.hits + this.misses);
  }

  probeRate(): number | null {
    return this.hits / (this.hits + this.misses);
  }

  levelRate(level: string): number | null {
    return null;
  }

  band(): Band | null {
    return null;
  }
}
