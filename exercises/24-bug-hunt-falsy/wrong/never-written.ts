// Wrong: looks whether nothing is kept, not whether it is given up
// Says: What was not there can come.
interface StockCache {
  write(key: string, value: unknown): Promise<void>;
  read(key: string): Promise<unknown>;
  readOr(key: string, fallback: unknown): Promise<unknown>;
  loads(): Promise<number>;
}

export default async function test(
  subject: { create(): Promise<StockCache> },
  expect: Expect,
): Promise<void> {
  const cache = await subject.create();
  await cache.write('stock', 0);
  await cache.read('stock');
  expect(await cache.readOr('stock', 5)).toBe(0);
  await cache.write('note', null);
  expect(await cache.readOr('note', 'none')).toBe(null);
  await cache.read('new');
  await cache.read('new');
  expect(await cache.loads()).toBe(3);
}
