// Wrong: leaves the lot out and refreshes a fixed time ahead: the cliff is only moved
// Says: so this reader just reads
interface Settings {
  ttlMs: number;
  staleForMs: number;
  beta: number;
}

interface Entry {
  value: unknown;
  deltaMs: number;
  expiryMs: number;
  refreshing: boolean;
}

type Decision = { action: 'load' } | { action: 'serve' | 'refresh'; value: unknown };

export class EarlyCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly settings: Settings) {}

  set(key: string, value: unknown, startedMs: number, nowMs: number): void {
    const expiryMs = nowMs + this.settings.ttlMs;
    this.entries.set(key, { value, deltaMs: nowMs - startedMs, expiryMs, refreshing: false });
  }

  get(key: string, nowMs: number, u: number): Decision {
    const { staleForMs, beta } = this.settings;
    const entry = this.entries.get(key);
    if (!entry || nowMs >= entry.expiryMs + staleForMs) return { action: 'load' };
    const { value, deltaMs, expiryMs } = entry;
    // ln(u) is at most 0, so from expiry on this holds for every u.
    const due = nowMs + deltaMs * beta >= expiryMs;
    if (!due || entry.refreshing) return { action: 'serve', value };
    entry.refreshing = true;
    return { action: 'refresh', value };
  }

  failed(key: string): void {
    const entry = this.entries.get(key);
    if (entry) entry.refreshing = false;
  }
}
