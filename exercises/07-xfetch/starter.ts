interface Settings {
  ttlMs: number;
  staleForMs: number;
  beta: number;
}

interface Entry {
  value: unknown;
  expiryMs: number;
}

type Decision = { action: 'load' } | { action: 'serve' | 'refresh'; value: unknown };

export class EarlyCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly settings: Settings) {}

  set(key: string, value: unknown, startedMs: number, nowMs: number): void {
    // How long did loading take?
    this.entries.set(key, { value, expiryMs: nowMs + this.settings.ttlMs });
  }

  get(key: string, nowMs: number, u: number): Decision {
    const entry = this.entries.get(key);
    // A cliff: everybody has to load at the same moment.
    if (!entry || nowMs >= entry.expiryMs) return { action: 'load' };
    return { action: 'serve', value: entry.value };
  }

  failed(key: string): void {}
}
