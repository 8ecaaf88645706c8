// Wrong: tries only with a 7, which every version takes for a value
// Says: Which values look like nothing, and are something?
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
  await cache.write('stock', 7);
  await cache.read('stock');
  expect(await cache.readOr('stock', 5)).toBe(7);
  expect(await cache.loads()).toBe(1);
}
