// Wrong: rounds to whole per cent before it looks up the band, so 89.6 % become excellent
// Says: excellent from 90 % on, good from 70 % on, without rounding
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
    const percent = Math.round(rate * 100);
    if (percent >= 90) return 'excellent';
    return percent >= 70 ? 'good' : 'poor';
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
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const unknown = (name: string, names: string[]) =>
  `There is no "${name}" here. Known are ${names.join(', ')}.`;
