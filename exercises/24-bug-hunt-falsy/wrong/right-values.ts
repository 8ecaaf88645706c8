// Wrong: compares values only: a miss costs a load, and gives the right value all the same
// Says: A hit and a miss give the same value. Where is the difference?
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
  expect(await cache.read('stock')).toBe(0);
  expect(await cache.read('stock')).toBe(0);
  expect(await cache.readOr('stock', 5)).toBe(0);
}
