import {
  dateOf,
  type Directives,
  type Fields,
  type HttpRequest,
  type HttpResponse,
  listOf,
  readDirectives,
  secondsOf,
} from './http.ts';

/** Statuses that may be stored without an explicit lifetime, when they can be validated (RFC 9110, section 15.1). */
const CACHEABLE_STATUS = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]);

/** A response in a cache, with what is needed to tell its age and to whom it may be given. */
export class StoredResponse {
  readonly directives: Directives;
  readonly tags: readonly string[];
  readonly sizeBytes: number;
  /** Age at the time it was received, ms (RFC 9111, section 4.2.3, "corrected_initial_age"). */
  private readonly initialAgeMs: number;
  /** Values of the request's fields that Vary names. */
  private readonly selecting: readonly (readonly [name: string, value: string | undefined])[];
  /** Softly purged at this time: stale from then on. */
  private purgedAtMs = Infinity;
  lastUsedAtMs: number;
  uses = 0;

  /**
   * @param requestedAtMs when it was asked for; @param receivedAtMs when it came
   */
  constructor(
    readonly request: HttpRequest,
    readonly response: HttpResponse,
    requestedAtMs: number,
    readonly receivedAtMs: number,
  ) {
    const { headers } = response;
    this.directives = readDirectives(headers['cache-control']);
    this.tags = [...listOf(headers['cache-tag']), ...listOf(headers['surrogate-key'])];
    this.sizeBytes = response.body.length + JSON.stringify(headers).length + request.url.length;
    this.selecting = listOf(headers['vary']).map((name) => [
      name.toLowerCase(),
      request.headers?.[name.toLowerCase()],
    ]);
    const date = dateOf(headers['date']) ?? receivedAtMs;
    const ageValueMs = /^\d+$/.test(headers['age'] ?? '') ? Number(headers['age']) * 1000 : 0;
    const apparentAgeMs = Math.max(0, receivedAtMs - date);
    this.initialAgeMs = Math.max(apparentAgeMs, ageValueMs + (receivedAtMs - requestedAtMs));
    this.lastUsedAtMs = receivedAtMs;
  }

  get etag(): string | undefined {
    return this.response.headers['etag'];
  }

  /** Whether the request may be given this response, as far as Vary is concerned (section 4.1). */
  fits(request: HttpRequest): boolean {
    return this.selecting.every(([name, value]) => request.headers?.[name] === value);
  }

  /** Key among the variants of one URL. */
  get variant(): string {
    return JSON.stringify(this.selecting);
  }

  /** Current age, ms (section 4.2.3). */
  ageMs(nowMs: number): number {
    return this.initialAgeMs + (nowMs - this.receivedAtMs);
  }

  /** Freshness lifetime, ms: s-maxage, max-age, Expires less Date, in this order; else 0: no guessing (section 4.2.1). */
  get lifetimeMs(): number {
    const { directives } = this;
    const stated = secondsOf(directives, 's-maxage') ?? secondsOf(directives, 'max-age');
    if (stated !== undefined) return stated;
    const { expires, date } = this.response.headers;
    if (expires === undefined) return 0;
    return Math.max(0, (dateOf(expires) ?? -Infinity) - (dateOf(date) ?? this.receivedAtMs));
  }

  /** What is left of its freshness, ms; negative since when it is stale. */
  ttlMs(nowMs: number): number {
    return Math.min(this.lifetimeMs - this.ageMs(nowMs), this.purgedAtMs - nowMs);
  }

  /** Never to be served without asking the origin first (section 5.2.2.4). */
  get alwaysValidated(): boolean {
    return this.directives.has('no-cache');
  }

  /**
   * Whether it must not be served stale, whatever else is said (section 4.2.4). The proxy-revalidate that s-maxage implies
   * yields to an explicit stale-while-revalidate or stale-if-error, as content delivery networks have it.
   */
  get neverStale(): boolean {
    return ['no-cache', 'must-revalidate', 'proxy-revalidate'].some((name) => this.directives.has(name));
  }

  /** How long past its freshness it may be served while it is renewed, or when the origin fails, ms (RFC 5861). */
  staleFor(directive: 'stale-while-revalidate' | 'stale-if-error'): number {
    return this.neverStale ? 0 : (secondsOf(this.directives, directive) ?? 0);
  }

  purgeSoftly(nowMs: number): void {
    this.purgedAtMs = Math.min(this.purgedAtMs, nowMs);
  }

  /** The response with the fields of a 304 in place of its own (section 4.3.4). */
  freshened(notModified: Fields, requestedAtMs: number, receivedAtMs: number): StoredResponse {
    const { 'content-length': _, age: __, ...newer } = notModified as Record<string, string>;
    const { age: ___, ...older } = this.response.headers as Record<string, string>;
    const age = notModified['age'];
    const headers = { ...older, ...newer, ...(age === undefined ? {} : { age }) };
    return new StoredResponse(this.request, { ...this.response, headers }, requestedAtMs, receivedAtMs);
  }
}

/** Why a response may not be stored by a shared cache; undefined when it may (RFC 9111, section 3). */
export function reasonNotToStore(request: HttpRequest, response: HttpResponse): string | undefined {
  const { headers, status } = response;
  const directives = readDirectives(headers['cache-control']);
  const understood = directives.has('must-understand') && CACHEABLE_STATUS.has(status);
  if ((request.method ?? 'GET') !== 'GET') return 'method';
  if (status < 200 || status === 206 || status === 304) return 'status';
  if (readDirectives(request.headers?.['cache-control']).has('no-store')) return 'request no-store';
  if (directives.has('no-store') && !understood) return 'no-store';
  if (directives.has('private')) return 'private';
  if (listOf(headers['vary']).includes('*')) return 'vary *';
  const shared = ['public', 's-maxage', 'must-revalidate'].some((name) => directives.has(name));
  if (request.headers?.['authorization'] !== undefined && !shared) return 'authorization';
  const stated =
    ['s-maxage', 'max-age', 'public'].some((name) => directives.has(name)) || 'expires' in headers;
  const validated = 'etag' in headers || 'last-modified' in headers;
  if (!stated && !(validated && CACHEABLE_STATUS.has(status))) return 'no lifetime';
  return undefined;
}
