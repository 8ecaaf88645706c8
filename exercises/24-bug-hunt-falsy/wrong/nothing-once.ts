// Wrong: reads a key that is not there once only
// Says: Ask again for a key that the origin does not have.
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
  expect(await cache.loads()).toBe(1);
  await cache.write('note', null);
  expect(await cache.readOr('note', 'none')).toBe(null);
  expect(await cache.readOr('new', 'none')).toBe('none');
}
