/** The lab's own storage as the page watches it: registers the service worker, follows what it stores, and applies updates. */
import { keepAll } from './keepers.ts';
import type { Ask, StoredState } from './protocol.ts';
import { shelfPrefix } from './shelf.ts';
import { situationOf, type Situation } from './words.ts';

/** Holds `off` when the learner has removed what was stored; then nothing is registered. */
const KEY = 'surge-lab.offline';
/** A browser may end a worker that takes long; after such a silence it is asked again. */
const silenceMs = 60_000;

/** `waiting`: may be applied here. `elsewhere`: another tab has applied it. `unkept`: not applied, since work could not be kept. */
export type Update = 'none' | 'waiting' | 'applying' | 'unkept' | 'elsewhere';

export class OfflineStore {
  situation = $state<Situation | 'asking'>('asking');
  stored = $state.raw<StoredState>();
  update = $state<Update>('none');
  /** Whether the browser has promised to keep it; undefined when it can't be asked. */
  persisted = $state<boolean>();
  /** Of everything that this origin stores, and how much it may, as the browser estimates. */
  usage = $state.raw<{ usedBytes: number; roomBytes: number }>();

  private registration: ServiceWorkerRegistration | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private listening = false;

  private get base(): string {
    return new URL('./', document.baseURI).href;
  }

  /** Nothing happens where the learner wanted nothing stored. */
  start(): void {
    if (!('serviceWorker' in navigator) || !location.protocol.startsWith('http'))
      this.situation = 'impossible';
    else if (readChoice() === 'off') this.situation = 'off';
    else void this.register();
    void this.measure();
  }

  private async register(): Promise<void> {
    const container = navigator.serviceWorker;
    const served = container.controller !== null;
    if (!this.listening) this.listen(served);
    try {
      const registration = await container.register(new URL('sw.js', this.base), { updateViaCache: 'none' });
      this.registration = registration;
      if (registration.waiting) this.offer(registration.waiting);
      if (registration.installing) this.follow(registration.installing);
      registration.addEventListener('updatefound', () => {
        if (registration.installing) this.follow(registration.installing);
      });
      if (registration.active) this.askToStore();
      else this.situation = 'storing';
    } catch {
      // Without a network the registered worker is still there.
      this.registration = await container.getRegistration(this.base).catch(() => undefined);
      if (this.registration?.active) this.askToStore();
      else this.situation = 'impossible';
    }
  }

  private listen(served: boolean): void {
    this.listening = true;
    let before = served;
    navigator.serviceWorker.addEventListener('message', ({ data, source }) => {
      // One that waits stores as well; shown is what is in use.
      if (this.situation !== 'off' && source !== this.registration?.waiting) this.take(data as StoredState);
    });
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.update === 'applying') location.reload();
      else if (before) this.update = 'elsewhere';
      before = true;
    });
    addEventListener('online', () => {
      if (this.situation === 'failed') this.askToStore();
    });
  }

  /** Watches a version that installs. */
  private follow(worker: ServiceWorker): void {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) this.offer(worker);
      else if (worker.state === 'activated') this.askToStore();
      else if (worker.state === 'redundant' && !this.registration?.active) this.situation = 'failed';
    });
  }

  private offer(worker: ServiceWorker): void {
    if (this.update !== 'elsewhere') this.update = 'waiting';
    whenIdle(() => say(worker, { ask: 'store', encoder: !savesData() }));
  }

  private askToStore(): void {
    const { active } = this.registration ?? {};
    if (!active) return;
    say(active, { ask: 'state' });
    whenIdle(() => say(active, { ask: 'store', encoder: !savesData() }));
  }

  private take(state: StoredState): void {
    this.stored = state;
    this.situation = situationOf(state);
    clearTimeout(this.timer);
    if (state.storing) this.timer = setTimeout(() => this.askToStore(), silenceMs);
    else void this.measure();
  }

  /** Stores everything, the encoder too, also where the learner has removed it or saves data. */
  async storeNow(): Promise<void> {
    writeChoice(undefined);
    this.situation = 'storing';
    if (!this.registration) return this.register();
    if (this.registration.active) say(this.registration.active, { ask: 'store', encoder: true });
  }

  /** Removes all that is stored of the lab itself. Drafts and progress stay. */
  async remove(): Promise<void> {
    writeChoice('off');
    clearTimeout(this.timer);
    this.situation = 'off';
    this.update = 'none';
    await this.registration?.unregister();
    this.registration = undefined;
    const prefix = shelfPrefix(this.base);
    for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
    this.stored = undefined;
    await this.measure();
  }

  /** The learner agrees to the new version: first everything is kept, then it begins and the page is loaded anew. */
  async apply(): Promise<void> {
    if (!(await keepAll())) {
      this.update = 'unkept';
      return;
    }
    const waiting = this.registration?.waiting;
    if (!waiting) return location.reload(); // another tab was faster
    this.update = 'applying';
    say(waiting, { ask: 'take-over' });
  }

  /** On the learner's click only, as browsers may ask them. */
  async persist(): Promise<void> {
    this.persisted = await navigator.storage.persist().catch(() => false);
  }

  async measure(): Promise<void> {
    try {
      const { usage = 0, quota = 0 } = await navigator.storage.estimate();
      this.usage = { usedBytes: usage, roomBytes: quota };
      this.persisted = await navigator.storage.persisted();
    } catch {
      this.usage = undefined; // no secure origin, or an older browser
    }
  }
}

let view: OfflineStore | undefined;

/** One for the page; who shows it first starts it. */
export const offlineView = (): OfflineStore => (view ??= new OfflineStore());

function say(worker: ServiceWorker, ask: Ask): void {
  worker.postMessage(ask);
}

/** The page comes first: after a calm moment, or 10 s. */
function whenIdle(act: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(act, { timeout: 10_000 });
  else setTimeout(act, 2000);
}

/** The learner's browser asks sites to send little. Not in the types yet. */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function writeChoice(choice: 'off' | undefined): void {
  try {
    if (choice) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage may be blocked; the choice then holds until the page is closed.
  }
}
