/** What a service worker sees of the browser, as far as ours uses it; the page's own types have no word for it. */

interface Lasting extends Event {
  /** Keeps the worker alive until then. */
  waitUntil(until: Promise<unknown>): void;
}
interface FetchEvent extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface MessageEvent extends Lasting {
  readonly data: unknown;
}
interface Tab {
  postMessage(message: unknown): void;
}

export interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly caches: CacheStorage;
  readonly clients: {
    /** Tabs of this site; those that no worker serves yet only with `includeUncontrolled`. */
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Tab[]>;
    /** Serves the open tabs at once. */
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', heard: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', heard: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', heard: (event: MessageEvent) => void): void;
}
