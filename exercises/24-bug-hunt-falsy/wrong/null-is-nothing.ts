// Wrong: takes null for nothing, and only undefined is
// Says: Your test must pass here, and fails. expect(null).toBe("none")
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
  await cache.write('note', null);
  expect(await cache.readOr('note', 'none')).toBe('none');
}
