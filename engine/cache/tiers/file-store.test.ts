import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileStore } from './file-store.node.ts';
import { tierContract } from './tier-contract.ts';
import { testEntry } from './testing/entry.ts';

const now = { nowMs: 10 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('file store keeps the contract of a tier', () => {
  for (const { name, run } of tierContract(() => ({ tier: new FileStore({ folder }) }))) it(name, run);
});

describe('file store', () => {
  it('keeps entries, whole, over a restart, in the order of their use', async () => {
    const entry = testEntry('a/ü', { value: { deep: [1, null] }, tags: ['x'], staleUntilMs: Infinity });
    const first = new FileStore({ folder });
    expect(await first.set(entry, now)).toBe(true);
    await first.set(testEntry('b'), { nowMs: 11 });
    await first.close();
    const second = new FileStore({ folder });
    expect((await second.inspect(9, now)).map(({ key }) => key)).toEqual(['b', 'a/ü']);
    expect(await second.get('a/ü', now)).toEqual({ ...entry, lastAccessedAtMs: 10, accessCount: 1 });
    expect(second.stats()).toMatchObject({ entries: 2, sizeBytes: 20, hits: 1 });
  });

  it('never returns what is past its end', async () => {
    const l3 = new FileStore({ folder });
    await l3.set(testEntry('a'), now);
    expect(await l3.get('a', { nowMs: 1500 })).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('holds its budget: the least recently used goes', async () => {
    const l3 = new FileStore({ folder, maxEntries: 2 });
    for (const key of ['a', 'b']) await l3.set(testEntry(key), now);
    await l3.get('a', now);
    await l3.set(testEntry('c'), now);
    expect(await l3.get('b', now)).toBeUndefined();
    expect(l3.stats()).toMatchObject({ entries: 2, evictions: 1 });
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('deletes by key, tag, prefix, and all', async () => {
    const l3 = new FileStore({ folder });
    await l3.setMany(
      ['a1', 'a2', 'b', 'c', 'd'].map((key) => testEntry(key, { tags: key === 'c' ? ['x'] : [] })),
      now,
    );
    expect(await l3.delete('a1', now)).toBe(true);
    expect(await l3.delete('a1', now)).toBe(false);
    expect(await l3.deleteByTag('x', now)).toBe(1);
    expect(await l3.deleteByPrefix('a', now)).toBe(1);
    await l3.clear(now);
    expect(l3.stats()).toMatchObject({ entries: 0, sizeBytes: 0 });
  });

  it('a corrupt file is told, removed, and costs no other; drafts of a crash are swept', async () => {
    const first = new FileStore({ folder });
    await first.set(testEntry('good'), now);
    const [good] = await readdir(folder);
    await first.set(testEntry('bad'), now);
    const [bad] = (await readdir(folder)).filter((name) => name !== good);
    await writeFile(join(folder, bad), '{"key":"ba');
    await expect(first.get('bad', now)).rejects.toMatchObject({ name: 'TierError', reason: 'corrupt' });
    expect(await first.get('bad', now)).toBeUndefined();
    await writeFile(join(folder, 'x.json.7.draft'), 'half');
    await writeFile(join(folder, `${'0'.repeat(64)}.json`), 'null');
    const second = new FileStore({ folder });
    expect((await second.get('good', now))?.key).toBe('good');
    expect(await readdir(folder)).toEqual([good]);
  });

  it('a folder that cannot be used fails each operation, and is tried again', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const l3 = new FileStore({ folder: join(file, 'inside') });
    await expect(l3.get('a', now)).rejects.toMatchObject({ reason: 'unreachable' });
    await rm(file);
    expect(await l3.set(testEntry('a'), now)).toBe(true);
  });

  it('an aborted operation rejects with the reason of the signal', async () => {
    const reason = new Error('enough');
    const l3 = new FileStore({ folder });
    await expect(l3.get('a', { ...now, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
