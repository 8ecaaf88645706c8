const levels = ['L1', 'L2', 'L3'];

export class CacheStats {
  private requests = 0;
  private readonly hits = new Map<string, number>();
  private readonly probes = new Map<string, number>();

  record(answeredBy: string): void {
    this.requests += 1;
    for (const level of levels) {
      count(this.probes, level);
      if (level !== answeredBy) continue;
      count(this.hits, level);
      return;
    }
  }

  hitRate(): number | null {
    const hits = levels.reduce((sum, level) => sum + (this.hits.get(level) ?? 0), 0);
    return this.requests === 0 ? null : hits / this.requests;
  }

  levelHitRate(level: string): number | null {
    const probes = this.probes.get(level) ?? 0;
    return probes === 0 ? null : (this.hits.get(level) ?? 0) / probes;
  }

  band(): string | null {
    const rate = this.hitRate();
    if (rate === null) return null;
    if (rate > 0.9) return 'excellent';
    return rate >= 0.7 ? 'good' : 'poor';
  }
}

function count(map: Map<string, number>, level: string): void {
  map.set(level, (map.get(level) ?? 0) + 1);
}
