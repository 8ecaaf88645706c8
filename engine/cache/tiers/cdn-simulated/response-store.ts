import type { HttpRequest } from './http.ts';
import type { StoredResponse } from './stored-response.ts';

/** What to purge: everything under one URL, under a prefix of URLs, or with a tag (Cache-Tag or Surrogate-Key). */
export type PurgeTarget = { readonly url: string } | { readonly prefix: string } | { readonly tag: string };

/** The responses of one cache, by URL and variant, with a bound in bytes; the least recently used go first. */
export class ResponseStore {
  /** Least recently used first. */
  private readonly byUrl = new Map<string, Map<string, StoredResponse>>();
  private readonly urlsByTag = new Map<string, Set<string>>();
  private bytes = 0;
  evictions = 0;

  constructor(private readonly capacityBytes: number) {}

  get sizeBytes(): number {
    return this.bytes;
  }

  get urls(): number {
    return this.byUrl.size;
  }

  has(url: string): boolean {
    return this.byUrl.has(url);
  }

  /** The response that fits the request by Vary; the most recent when several do. Counts as no use. */
  find(request: HttpRequest): StoredResponse | undefined {
    let best: StoredResponse | undefined;
    for (const stored of this.byUrl.get(request.url)?.values() ?? [])
      if (stored.fits(request) && (!best || stored.receivedAtMs >= best.receivedAtMs)) best = stored;
    return best;
  }

  /** Validators of all variants, for a request that none fits (RFC 9111, section 4.1). */
  all(url: string): StoredResponse[] {
    return [...(this.byUrl.get(url)?.values() ?? [])];
  }

  use(stored: StoredResponse, nowMs: number): void {
    stored.lastUsedAtMs = nowMs;
    stored.uses++;
    this.renew(stored.request.url);
  }

  /** False when it is larger than the whole cache. */
  add(stored: StoredResponse): boolean {
    const { url } = stored.request;
    if (stored.sizeBytes > this.capacityBytes) {
      this.remove(url);
      return false;
    }
    const variants = this.byUrl.get(url) ?? new Map<string, StoredResponse>();
    this.byUrl.set(url, variants);
    const old = variants.get(stored.variant);
    if (old) this.bytes -= old.sizeBytes;
    variants.set(stored.variant, stored);
    this.bytes += stored.sizeBytes;
    if (old) this.dropTags(url, old.tags);
    for (const tag of stored.tags) {
      const urls = this.urlsByTag.get(tag) ?? new Set();
      this.urlsByTag.set(tag, urls.add(url));
    }
    this.renew(url);
    while (this.bytes > this.capacityBytes) {
      const [oldest] = this.byUrl.keys();
      this.evictions += this.byUrl.get(oldest!)!.size;
      this.remove(oldest!);
    }
    return true;
  }

  /** @returns whether anything was there */
  remove(url: string): boolean {
    const variants = this.byUrl.get(url);
    if (!variants) return false;
    this.byUrl.delete(url);
    for (const stored of variants.values()) {
      this.bytes -= stored.sizeBytes;
      this.dropTags(url, stored.tags);
    }
    return true;
  }

  /** @returns one response of each URL concerned */
  purge(target: PurgeTarget, soft: boolean, nowMs: number): StoredResponse[] {
    return this.matching(target).map((url) => {
      const variants = this.all(url);
      if (soft) for (const stored of variants) stored.purgeSoftly(nowMs);
      else this.remove(url);
      return variants[0]!;
    });
  }

  /** Most recently used first. */
  recent(): StoredResponse[] {
    return [...this.byUrl.values()].reverse().flatMap((variants) => [...variants.values()]);
  }

  private matching(target: PurgeTarget): string[] {
    if ('url' in target) return this.has(target.url) ? [target.url] : [];
    if ('tag' in target) return [...(this.urlsByTag.get(target.tag) ?? [])];
    return [...this.byUrl.keys()].filter((url) => url.startsWith(target.prefix));
  }

  private renew(url: string): void {
    const variants = this.byUrl.get(url);
    if (!variants) return;
    this.byUrl.delete(url);
    this.byUrl.set(url, variants);
  }

  /** Forgets that the URL carries these tags, unless another of its variants does. */
  private dropTags(url: string, tags: readonly string[]): void {
    const others = this.all(url);
    for (const tag of tags) {
      if (others.some((stored) => stored.tags.includes(tag))) continue;
      const urls = this.urlsByTag.get(tag);
      urls?.delete(url);
      if (urls?.size === 0) this.urlsByTag.delete(tag);
    }
  }
}
