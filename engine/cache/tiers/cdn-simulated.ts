import type { CacheEntry } from '../entry.ts';
import type { Cdn } from './cdn-simulated/cdn.ts';
import { cacheStatusField } from './cdn-simulated/cache-status.ts';
import type { HttpResponse } from './cdn-simulated/http.ts';
import type { PurgeTarget } from './cdn-simulated/response-store.ts';
import { Connection, type ConnectionState } from './connection.ts';
import { decodeEntry, encodeEntry } from './redis-cache/envelope.ts';
import {
  TierError,
  type Tier,
  type TierCapabilities,
  type TierLevel,
  type TierOptions,
  type TierStats,
} from './tier.ts';

export interface CdnTierOptions {
  readonly name?: string;
  readonly level?: TierLevel;
  /** The edge that this instance's clients reach. */
  readonly edge: string;
  /** Of the URLs, ending in a slash. Default `https://cdn.example/cache/`. */
  readonly baseUrl?: string;
}

/** Longest lifetime that HTTP can state, seconds (RFC 9111, section 1.2.2). */
const FOR_EVER_SECONDS = 2_147_483_648;

/**
 * L4 over a simulated content delivery network: a key is a URL, a lifetime is Cache-Control, a tag is a Cache-Tag. `set`
 * purges the URL everywhere and then answers this edge's request for it; a region that was not asked yet has it from the
 * shield if there is one, and misses otherwise. HTTP counts whole seconds, so the exact times travel with the body.
 */
export class CdnSimulatedTier implements Tier {
  readonly name: string;
  readonly level: TierLevel;
  readonly capabilities: TierCapabilities = { persistent: true, shared: true, tags: true, prefixes: true };
  private readonly connection: Connection;
  private readonly edge: string;
  private readonly baseUrl: string;
  private readonly counts = { hits: 0, misses: 0, expirations: 0, failures: 0 };
  private explanation = '';

  constructor(
    private readonly cdn: Cdn,
    options: CdnTierOptions,
  ) {
    this.name = options.name ?? 'cdn-simulated';
    this.level = options.level ?? 'l4';
    this.edge = options.edge;
    this.baseUrl = options.baseUrl ?? 'https://cdn.example/cache/';
    this.connection = new Connection(this.name);
  }

  get state(): ConnectionState {
    return this.connection.state;
  }

  /** Breaks or mends the way to the edge. */
  setState(state: ConnectionState, nowMs: number): void {
    this.connection.setState(state, nowMs);
  }

  /** Cache-Status of the last `get`, for the page that explains a lookup. */
  get lastCacheStatus(): string {
    return this.explanation;
  }

  get(key: string, options: TierOptions): Promise<CacheEntry | undefined> {
    return this.reached(options, (nowMs) => this.lookUp(key, nowMs));
  }

  set(entry: CacheEntry, options: TierOptions): Promise<boolean> {
    return this.reached(options, (nowMs) => this.publish(entry, nowMs));
  }

  delete(key: string, options: TierOptions): Promise<boolean> {
    return this.reached(options, (nowMs) => this.purge({ url: this.urlOf(key) }, nowMs) > 0);
  }

  getMany(keys: readonly string[], options: TierOptions): Promise<(CacheEntry | undefined)[]> {
    return this.reached(options, (nowMs) => keys.map((key) => this.lookUp(key, nowMs)));
  }

  setMany(entries: readonly CacheEntry[], options: TierOptions): Promise<boolean[]> {
    return this.reached(options, (nowMs) => entries.map((entry) => this.publish(entry, nowMs)));
  }

  clear(options: TierOptions): Promise<void> {
    return this.reached(options, (nowMs) => void this.cdn.purge({ prefix: this.baseUrl }, nowMs));
  }

  /** Everywhere; counts each entry once, however many edges have it. */
  deleteByTag(tag: string, options: TierOptions): Promise<number> {
    return this.reached(options, (nowMs) => this.purge({ tag: this.tagOf(tag) }, nowMs));
  }

  deleteByPrefix(prefix: string, options: TierOptions): Promise<number> {
    return this.reached(options, (nowMs) => this.purge({ prefix: this.urlOf(prefix) }, nowMs));
  }

  /** Of this instance's edge. */
  inspect(limit: number, options: TierOptions): Promise<CacheEntry[]> {
    return this.reached(options, (nowMs) => {
      const entries: CacheEntry[] = [];
      for (const stored of this.cdn.contents(this.edge)) {
        if (entries.length >= limit) break;
        if (!stored.request.url.startsWith(this.baseUrl)) continue;
        const entry = decodeEntry(this.keyOf(stored.request.url), stored.response.body);
        if (!entry || nowMs >= entry.staleUntilMs) continue;
        entry.lastAccessedAtMs = Math.max(entry.lastAccessedAtMs, stored.lastUsedAtMs);
        entry.accessCount += stored.uses;
        entries.push(entry);
      }
      return entries;
    });
  }

  /** Entries and bytes are the edge's, whoever put them there. */
  stats(): TierStats {
    const { urls, sizeBytes, evictions } = this.cdn.figures(this.edge);
    return { entries: urls, sizeBytes, evictions, ...this.counts };
  }

  async close(): Promise<void> {
    this.connection.close();
  }

  private async reached<T>(options: TierOptions, act: (nowMs: number) => T): Promise<T> {
    try {
      return act(await this.connection.pass(options));
    } catch (error) {
      if (error instanceof TierError) this.counts.failures++;
      throw error;
    }
  }

  private lookUp(key: string, nowMs: number): CacheEntry | undefined {
    const url = this.urlOf(key);
    const response = this.ask(url, nowMs);
    if (response.status !== 200) {
      this.counts.misses++;
      return undefined;
    }
    const entry = decodeEntry(key, response.body);
    if (!entry) {
      this.cdn.purge({ url }, nowMs);
      throw new TierError(this.name, 'corrupt', `${key} holds no entry; it was purged`);
    }
    if (nowMs >= entry.staleUntilMs) {
      this.cdn.purge({ url }, nowMs);
      this.counts.expirations++;
      this.counts.misses++;
      return undefined;
    }
    this.counts.hits++;
    entry.lastAccessedAtMs = nowMs;
    entry.accessCount++;
    return entry;
  }

  /** Asks the edge for what the network has, stale or not; there is no origin behind it. */
  private ask(url: string, nowMs: number): HttpResponse {
    const request = { url, headers: { 'cache-control': 'max-stale' } };
    const { ticket, answer, fetch } = this.cdn.request(this.edge, request, nowMs);
    let found = answer;
    if (fetch) {
      const missing = { response: { status: 504, headers: {}, body: '' } };
      const { answers } = this.cdn.respond(fetch.id, missing, nowMs);
      found ??= answers.find((one) => one.ticket === ticket)?.answer;
    }
    if (!found) throw new TierError(this.name, 'unreachable', `no answer for ${url}`);
    this.explanation = cacheStatusField(found.statuses);
    return found.response;
  }

  /** @returns how many entries were there that had not expired */
  private purge(target: PurgeTarget, nowMs: number): number {
    const live = this.cdn.purge(target, nowMs).filter(({ response }) => {
      const entry = decodeEntry('', response.body);
      return entry && nowMs < entry.staleUntilMs;
    });
    return live.length;
  }

  private publish(entry: CacheEntry, nowMs: number): boolean {
    const url = this.urlOf(entry.key);
    const response = this.responseOf(entry, nowMs);
    this.cdn.purge({ url }, nowMs);
    if (!(entry.staleUntilMs > nowMs)) return false;
    const { fetch } = this.cdn.request(this.edge, { url }, nowMs);
    if (!fetch) return false;
    this.cdn.respond(fetch.id, { response }, nowMs);
    return this.cdn.contents(this.edge)[0]?.request.url === url;
  }

  private responseOf(entry: CacheEntry, nowMs: number): HttpResponse {
    const fresh = seconds(entry.freshUntilMs - nowMs, Math.floor);
    const stale = seconds(entry.staleUntilMs - entry.freshUntilMs, Math.ceil);
    const control = [`max-age=${fresh}`];
    if (stale > 0) control.push(`stale-while-revalidate=${stale}`, `stale-if-error=${stale}`);
    let body: string;
    try {
      body = encodeEntry(entry);
    } catch (cause) {
      throw new TierError(this.name, 'unsupported', `the value of ${entry.key} has no JSON`, { cause });
    }
    const headers: Record<string, string> = { 'cache-control': control.join(', ') };
    if (entry.tags.length > 0) headers['cache-tag'] = entry.tags.map((tag) => this.tagOf(tag)).join(',');
    return { status: 200, headers, body };
  }

  /** Every character that means something in a URL is escaped, one by one, so a prefix of a key is one of its URL. */
  private urlOf(key: string): string {
    return this.baseUrl + encode(key);
  }

  private keyOf(url: string): string {
    return decode(url.slice(this.baseUrl.length));
  }

  private tagOf(tag: string): string {
    return `t-${encode(tag)}`;
  }
}

/** encodeURIComponent for any text: a lone surrogate, which has no UTF-8, becomes a tilde and its four digits. */
const encode = (text: string): string =>
  Array.from(text, (character) => {
    if (character === '~') return '%7E';
    const lone = character.length === 1 && character >= '\ud800' && character <= '\udfff';
    return lone ? `~${character.charCodeAt(0).toString(16)}` : encodeURIComponent(character);
  }).join('');

const decode = (text: string): string =>
  text
    .split(/~([0-9a-f]{4})/)
    .map((part, i) => (i % 2 === 1 ? String.fromCharCode(parseInt(part, 16)) : decodeURIComponent(part)))
    .join('');

/** Never negative, and what HTTP can state at most; Infinity − Infinity is none. */
const seconds = (ms: number, round: (x: number) => number): number =>
  Number.isNaN(ms) ? 0 : Math.min(FOR_EVER_SECONDS, Math.max(0, round(ms / 1000)));
