/** The stored files of one version. Takes the browser's caches and its fetch as arguments, so tests bring their own. */
import { bytesOf, PARTS, type ListedFile, type OfflineList, type Part } from './list.ts';
import type { Share, StoredState, Trouble } from './protocol.ts';

/** Kept with each stored file; tells the next version which files it may take over. */
const hashHeader = 'X-Surge-Lab-SHA256';
const lanes = 4;

class Failure extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** Several labs may share an origin, each in its folder; so the folder is part of the name. */
export const shelfPrefix = (base: string) => `surge-lab ${new URL(base).pathname} `;

export class Shelf {
  private readonly name: string;
  private failed: { url: string; trouble: Trouble }[] = [];
  private running = 0;
  private last: Promise<void> = Promise.resolve();
  private readonly list: OfflineList;
  private readonly base: string;
  private readonly caches: CacheStorage;
  private readonly fetch: (url: string, init: RequestInit) => Promise<Response>;

  /** @param base address of the site's folder, with its slash at the end */
  constructor(
    list: OfflineList,
    base: string,
    caches: CacheStorage,
    fetch: (url: string, init: RequestInit) => Promise<Response>,
  ) {
    this.list = list;
    this.base = base;
    this.caches = caches;
    this.fetch = fetch;
    this.name = shelfPrefix(base) + list.version;
  }

  /** A stored file of this version. The browser may have thrown it away meanwhile. */
  async find(url: string): Promise<Response | undefined> {
    return (await this.caches.open(this.name)).match(url);
  }

  /** A stored file of any version. */
  async findOlder(url: string): Promise<Response | undefined> {
    for (const cache of await this.others()) {
      const found = await cache.match(url);
      if (found) return found;
    }
    return undefined;
  }

  /**
   * Stores what is missing of these parts, in their order. Never fails: what went wrong is in the state. A second call waits for the
   * first. `told` is called after each file.
   */
  async store(parts: readonly Part[], told: (state: StoredState) => void = () => {}): Promise<void> {
    this.running++;
    this.last = this.last.then(() => this.storeAll(parts, told));
    await this.last;
    this.running--;
  }

  private async storeAll(parts: readonly Part[], told: (state: StoredState) => void): Promise<void> {
    this.failed = [];
    try {
      const cache = await this.caches.open(this.name);
      const there = await this.present(cache);
      const wanted = PARTS.filter((part) => parts.includes(part))
        .flatMap((part) => this.list.files.filter((file) => file.part === part))
        .filter(({ url }) => !there.has(url));
      const tell = () => told(this.describe(there, true));
      tell();
      let next = 0;
      const lane = async () => {
        while (next < wanted.length && !this.failed.some(({ trouble }) => trouble === 'full')) {
          const file = wanted[next++];
          try {
            await this.load(cache, file);
            there.add(file.url);
          } catch (error) {
            this.failed.push({ url: file.url, trouble: troubleOf(error) });
          }
          tell();
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
    } catch (error) {
      this.failed.push({ url: '', trouble: troubleOf(error) });
    }
  }

  /** Fetches, checks and stores one file. */
  private async load(cache: Cache, file: ListedFile): Promise<void> {
    const address = this.address(file);
    // A name with a hash never gets another content, so the browser's own cache may answer.
    const fresh = file.url.startsWith('assets/') ? 'default' : 'no-cache';
    const answer = await this.fetch(address, { cache: fresh, credentials: 'same-origin' }).catch(() => {
      throw new Failure('unreachable');
    });
    if (!answer.ok) throw new Failure('unreachable');
    const body = await answer.arrayBuffer().catch(() => {
      throw new Failure('unreachable');
    });
    if (body.byteLength !== file.bytes || (await sha256(body)) !== file.sha256) throw new Failure('changed');
    // A new answer, since one that was redirected may not open a page, and the body is no longer packed.
    const headers = new Headers(answer.headers);
    headers.delete('Content-Encoding');
    headers.delete('Content-Length');
    headers.set(hashHeader, file.sha256);
    await cache.put(address, new Response(body, { headers }));
  }

  /** Takes over, from other versions, the files that have not changed. Costs no network. */
  async carryOver(): Promise<void> {
    const cache = await this.caches.open(this.name);
    for (const other of await this.others())
      for (const file of this.list.files) {
        const address = this.address(file);
        if (await cache.match(address)) continue;
        const found = await other.match(address);
        if (found?.headers.get(hashHeader) === file.sha256) await cache.put(address, found);
      }
  }

  /** Throws away the other versions. */
  async removeOthers(): Promise<void> {
    for (const name of await this.otherNames()) await this.caches.delete(name);
  }

  async state(): Promise<StoredState> {
    let there: ReadonlySet<string> = new Set();
    try {
      there = await this.present(await this.caches.open(this.name));
    } catch (error) {
      this.failed = [{ url: '', trouble: troubleOf(error) }];
    }
    return this.describe(there, this.running > 0);
  }

  private describe(there: ReadonlySet<string>, storing: boolean): StoredState {
    const share = (part: Part): Share => {
      const files = this.list.files.filter((file) => file.part === part);
      const stored = files.filter(({ url }) => there.has(url));
      return {
        files: files.length,
        bytes: bytesOf(files),
        storedFiles: stored.length,
        storedBytes: bytesOf(stored),
      };
    };
    const parts = { shell: share('shell'), rest: share('rest'), encoder: share('encoder') };
    return { version: this.list.version, storing, parts, failed: [...this.failed] };
  }

  /** The listed files that are stored, here or, unchanged, under another version: those are carried over when this one begins. */
  private async present(cache: Cache): Promise<Set<string>> {
    const here = new Set((await cache.keys()).map(({ url }) => url));
    const there = new Set<string>();
    for (const file of this.list.files) if (here.has(this.address(file))) there.add(file.url);
    for (const other of await this.others())
      for (const file of this.list.files) {
        if (there.has(file.url)) continue;
        const found = await other.match(this.address(file));
        if (found?.headers.get(hashHeader) === file.sha256) there.add(file.url);
      }
    return there;
  }

  private address(file: ListedFile): string {
    return new URL(file.url, this.base).href;
  }

  private async otherNames(): Promise<string[]> {
    const prefix = shelfPrefix(this.base);
    return (await this.caches.keys()).filter((name) => name.startsWith(prefix) && name !== this.name);
  }

  private async others(): Promise<Cache[]> {
    return Promise.all((await this.otherNames()).map((name) => this.caches.open(name)));
  }
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof Failure) return error.trouble;
  return (error as { name?: unknown } | null)?.name === 'QuotaExceededError' ? 'full' : 'forbidden';
}

async function sha256(content: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
