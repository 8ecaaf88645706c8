// Wrong: tries 0 and forgets that null is a value, too
// Says: Is there a value besides 0 that looks like nothing?
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
  await cache.read('new');
  await cache.read('new');
  expect(await cache.loads()).toBe(2);
  await cache.write('new', 3);
  expect(await cache.read('new')).toBe(3);
}
