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
  expect(await cache.readOr('stock', 5), 'sold out is not unknown').toBe(0);
  expect(await cache.loads(), '0 is a hit').toBe(1);

  await cache.write('note', null);
  expect(await cache.readOr('note', 'none'), 'null is a value').toBe(null);

  const empty = await subject.create();
  await empty.read('new');
  expect(await empty.read('new')).toBe(undefined);
  expect(await empty.loads(), 'that there is nothing is kept').toBe(1);
  await empty.write('new', 3);
  expect(await empty.read('new'), 'no longer nothing').toBe(3);
}
