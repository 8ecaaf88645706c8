interface ScoreCache {
  set(key: string, nowMs: number): Promise<void>;
  get(key: string, nowMs: number): Promise<boolean>;
  keys(): Promise<string[]>;
}

export default async function test(
  subject: { create(capacity: number): Promise<ScoreCache> },
  expect: Expect,
): Promise<void> {
  const cache = await subject.create(10);
  for (const key of ['a', 'b', 'c']) await cache.set(key, 0);
  expect(await cache.keys()).toEqual(['a', 'b', 'c']);
  // Nothing is full yet. Whom does a full cache throw out, and how many?
}
