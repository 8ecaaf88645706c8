// Wrong: says 0 when nothing is recorded, so a level that nobody reaches looks broken
// Says: that is no rate, neither 0 nor 1
type Band = 'excellent' | 'good' | 'poor';

export class CacheStats {
  /** Requests by who answered them: the levels, fastest first, and the model. */
  private readonly answered: Map<string, number>;

  constructor(private readonly levels: string[]) {
    this.answered = new Map([...levels, 'model'].map((name) => [name, 0]));
  }

  record(answeredBy: string, requests: number): void {
    const before = this.answered.get(answeredBy);
    if (before === undefined) throw new Error(unknown(answeredBy, [...this.answered.keys()]));
    this.answered.set(answeredBy, before + requests);
  }

  requestRate(): number | null {
    return share(this.hits(), this.probes(0));
  }

  probeRate(): number | null {
    const probes = this.levels.map((_, level) => this.probes(level));
    return share(this.hits(), sum(probes));
  }

  levelRate(name: string): number | null {
    const level = this.levels.indexOf(name);
    if (level < 0) throw new Error(unknown(name, this.levels));
    return share(this.answered.get(name) ?? 0, this.probes(level));
  }

  band(): Band | null {
    const rate = this.requestRate();
    if (rate === null) return null;
    if (rate >= 0.9) return 'excellent';
    return rate >= 0.7 ? 'good' : 'poor';
  }

  private hits(): number {
    return sum([...this.answered.values()].slice(0, -1));
  }

  /** Requests that no faster level answered. Every request reaches level 0. */
  private probes(level: number): number {
    return sum([...this.answered.values()].slice(level));
  }
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const unknown = (name: string, names: string[]) =>
  `There is no "${name}" here. Known are ${names.join(', ')}.`;
