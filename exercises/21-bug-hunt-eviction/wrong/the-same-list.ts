// Wrong: compares lists with toBe, which asks for the same object
// Says: toBe asks for the very same object: compare contents with toEqual.
interface ScoreCache {
  set(key: string, nowMs: number): Promise<void>;
  get(key: string, nowMs: number): Promise<boolean>;
  keys(): Promise<string[]>;
}

export default async function test(
  subject: { create(capacity: number): Promise<ScoreCache> },
  expect: Expect,
): Promise<void> {
  const cache = await subject.create(4);
  for (const key of ['a', 'b', 'c', 'd']) await cache.set(key, 0);
  expect(await cache.keys()).toBe(['a', 'b', 'c', 'd']);
}
