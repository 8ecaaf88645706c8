// Wrong: takes a cache of ten, of which 20 % are two
// Says: What is 20 % of a small cache?
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
  for (let i = 0; i < 10; i++) await cache.set(`k${i}`, 0);
  for (let i = 0; i < 4; i++) await cache.get('k0', 10);
  await cache.set('k9', 60);
  await cache.set('new', 100);
  expect(await cache.keys()).toEqual(['k0', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'new']);
  for (let i = 0; i < 9; i++) await cache.set(`z${i}`, 120 + i);
  expect((await cache.keys()).length).toBe(10);
}
