// Wrong: takes small caches only, where one at a time is right
// Says: How many have to go at once when the cache is larger?
interface ScoreCache {
  set(key: string, nowMs: number): Promise<void>;
  get(key: string, nowMs: number): Promise<boolean>;
  keys(): Promise<string[]>;
}

export default async function test(
  subject: { create(capacity: number): Promise<ScoreCache> },
  expect: Expect,
): Promise<void> {
  const small = await subject.create(4);
  for (const key of ['a', 'b', 'c', 'd']) await small.set(key, 0);
  await small.get('a', 10);
  await small.set('e', 100);
  expect(await small.keys()).toEqual(['a', 'c', 'd', 'e']);
  const read = await subject.create(2);
  await read.set('often', 0);
  for (let i = 0; i < 4; i++) await read.get('often', 10);
  await read.set('once', 60);
  await read.set('new', 100);
  expect(await read.keys()).toEqual(['new', 'often']);
}
