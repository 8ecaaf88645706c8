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
  expect(await cache.read('stock')).toBe(7);
  expect(await cache.read('stock')).toBe(7);
  expect(await cache.loads(), 'the second read is a hit').toBe(1);
}
