import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ListedFile, OfflineList, Part } from './list.ts';
import { Shelf, shelfPrefix } from './shelf.ts';

const base = 'https://lab.example/course/';

/** The browser's caches, as far as a shelf uses them. `room` is in files. */
class FakeCaches {
  readonly all = new Map<string, Map<string, Response>>();
  room = Infinity;
  async open(name: string) {
    const kept = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, kept);
    return {
      match: async (url: string) => kept.get(url)?.clone(),
      keys: async () => [...kept.keys()].map((url) => ({ url })),
      put: async (url: string, answer: Response) => {
        if (kept.size >= this.room) throw new DOMException('no room', 'QuotaExceededError');
        kept.set(url, answer);
      },
    };
  }
  keys = async () => [...this.all.keys()];
  delete = async (name: string) => this.all.delete(name);
}

const listed = (url: string, content: string, part: Part): ListedFile => ({
  url,
  sha256: createHash('sha256').update(content).digest('hex'),
  bytes: Buffer.byteLength(content),
  part,
});

const one: OfflineList = {
  version: 'one',
  files: [
    listed('assets/model.onnx', 'weights', 'encoder'),
    listed('assets/page.js', 'page', 'rest'),
    listed('index.html', 'first', 'shell'),
  ],
};
const two: OfflineList = {
  version: 'two',
  files: [...one.files.slice(0, 2), listed('index.html', 'second', 'shell')],
};
const all: readonly Part[] = ['shell', 'rest', 'encoder'];

/** A server with these files; the names asked for are noted. */
function server(files: Record<string, string>) {
  const asked: string[] = [];
  const fetch = async (url: string) => {
    const name = url.slice(base.length);
    asked.push(name);
    if (name in files) return new Response(files[name]);
    return new Response('', { status: 404 });
  };
  return { asked, fetch };
}
const content = { 'assets/model.onnx': 'weights', 'assets/page.js': 'page', 'index.html': 'first' };
const shelf = (list: OfflineList, caches: FakeCaches, fetch: (url: string) => Promise<Response>) =>
  new Shelf(list, base, caches as unknown as CacheStorage, fetch);

test('the start page comes first and the encoder last; each file is told, and a second time nothing is fetched', async () => {
  const { asked, fetch } = server(content);
  const here = shelf(one, new FakeCaches(), fetch);
  const told: number[] = [];
  await here.store(all, ({ parts }) =>
    told.push(parts.shell.storedFiles + parts.rest.storedFiles + parts.encoder.storedFiles),
  );
  expect(asked).toEqual(['index.html', 'assets/page.js', 'assets/model.onnx']);
  expect(told).toEqual([0, 1, 2, 3]);
  expect(await (await here.find(`${base}index.html`))?.text()).toBe('first');
  const { parts, failed, storing } = await here.state();
  expect(parts.encoder).toEqual({ files: 1, bytes: 7, storedFiles: 1, storedBytes: 7 });
  expect([failed, storing]).toEqual([[], false]);
  await here.store(all);
  expect(asked).toHaveLength(3);
});

test('a file that is missing or is another one is not stored, is told, and is tried again', async () => {
  const files: Record<string, string> = { 'assets/page.js': 'pagE', 'index.html': 'first' };
  const { fetch } = server(files);
  const here = shelf(one, new FakeCaches(), fetch);
  await here.store(all);
  const { parts, failed } = await here.state();
  expect(new Set(failed)).toEqual(
    new Set([
      { url: 'assets/page.js', trouble: 'changed' },
      { url: 'assets/model.onnx', trouble: 'unreachable' },
    ]),
  );
  expect([parts.shell.storedFiles, parts.rest.storedFiles, parts.encoder.storedFiles]).toEqual([1, 0, 0]);
  Object.assign(files, content);
  await here.store(all);
  expect((await here.state()).failed).toEqual([]);
  expect((await here.state()).parts.encoder.storedFiles).toBe(1);
});

test('a full or a forbidden storage is told and does no more harm', async () => {
  const caches = new FakeCaches();
  caches.room = 1;
  const full = shelf(one, caches, server(content).fetch);
  await full.store(all);
  const state = await full.state();
  expect(state.failed[0].trouble).toBe('full');
  expect(state.parts.shell.storedFiles).toBe(1);

  const refusing = { open: () => Promise.reject(new DOMException('no', 'SecurityError')) };
  const forbidden = new Shelf(one, base, refusing as unknown as CacheStorage, server(content).fetch);
  await forbidden.store(all);
  expect((await forbidden.state()).failed).toEqual([{ url: '', trouble: 'forbidden' }]);
});

test('a new version fetches what has changed only, takes the rest over, and then the old one goes', async () => {
  const caches = new FakeCaches();
  await shelf(one, caches, server(content).fetch).store(all);
  await caches.open('surge-lab /other/ one'); // a lab in another folder of the same origin
  const { asked, fetch } = server({ ...content, 'index.html': 'second' });
  const next = shelf(two, caches, fetch);
  await next.store(all);
  expect(asked).toEqual(['index.html']);
  expect(await next.find(`${base}assets/model.onnx`)).toBeUndefined(); // not twice on the disk while it waits
  expect(await (await next.findOlder(`${base}index.html`))?.text()).toBe('first');
  await next.carryOver();
  await next.removeOthers();
  expect(await caches.keys()).toEqual(['surge-lab /other/ one', `${shelfPrefix(base)}two`]);
  expect(await (await next.find(`${base}assets/model.onnx`))?.text()).toBe('weights');
  expect(await (await next.find(`${base}index.html`))?.text()).toBe('second');
});
