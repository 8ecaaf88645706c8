/**
 * Stores the site and answers from what is stored (docs/decisions/0013-offline.md). Becomes `sw.js`; lab/setup/offline.ts puts
 * the list in.
 */
import { answerer } from './answers.ts';
import type { OfflineList } from './list.ts';
import type { Ask, StoredState } from './protocol.ts';
import { Shelf } from './shelf.ts';
import type { WorkerScope } from './worker-scope.ts';

declare const OFFLINE_LIST: OfflineList;

const worker = self as unknown as WorkerScope;
const base = new URL('./', worker.registration.scope).href;
const shelf = new Shelf(OFFLINE_LIST, base, worker.caches, (url, init) => fetch(url, init));
const answerTo = answerer(OFFLINE_LIST, base);

const tabs = () => worker.clients.matchAll({ type: 'window', includeUncontrolled: true });

async function tell(state: StoredState): Promise<void> {
  for (const tab of await tabs()) tab.postMessage(state);
}

/**
 * Another version is thrown away only when nothing can want it: none is about to begin, and at most one tab is open, as others may still
 * run the older one and load its parts.
 */
async function cleanUp(): Promise<void> {
  const { installing, waiting } = worker.registration;
  if (installing || waiting || (await tabs()).length > 1) return;
  await shelf.removeOthers();
}

async function install(): Promise<void> {
  await shelf.store(['shell']);
  const state = await shelf.state();
  const { files, storedFiles } = state.parts.shell;
  if (files === storedFiles) return;
  await tell(state);
  // The browser drops this worker and tries again at the next visit.
  throw new Error(`Offline storage: expected ${files} files of the start page, got ${storedFiles}.`);
}

async function activate(): Promise<void> {
  await shelf.carryOver().catch(() => {}); // What is missing is fetched again.
  await cleanUp();
  await worker.clients.claim();
}

async function store(encoder: boolean): Promise<void> {
  await shelf.store(encoder ? ['shell', 'rest', 'encoder'] : ['shell', 'rest'], (state) => void tell(state));
  await tell(await shelf.state());
  // One that still waits leaves the files of the version in use where they are.
  if (worker.registration.waiting) return;
  await shelf.carryOver().catch(() => {});
  await cleanUp();
}

async function answer(request: Request, found: Promise<Response | undefined>): Promise<Response> {
  return (await found.catch(() => undefined)) ?? fetch(request);
}

// No skipWaiting here: a new version waits until the learner agrees.
worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('message', (event) => {
  const asked = event.data as Ask;
  if (asked.ask === 'take-over') event.waitUntil(worker.skipWaiting());
  else if (asked.ask === 'store') event.waitUntil(store(asked.encoder));
  else event.waitUntil(shelf.state().then(tell));
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { url, method, mode, headers } = request;
  const from = answerTo({ url, method, mode, range: headers.has('range') });
  if (!from) return;
  if (from.from === 'store') event.respondWith(answer(request, shelf.find(from.url)));
  else if (from.from === 'older') event.respondWith(answer(request, shelf.findOlder(from.url)));
  else
    event.respondWith(
      fetch(request).catch(async (error: unknown) => {
        const page = await shelf.find(from.otherwise);
        if (page) return page;
        throw error;
      }),
    );
});
