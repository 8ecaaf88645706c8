// Wrong: never reads, so age alone decides
// Says: What does a read change, besides the time of the last use?
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
  await small.set('d', 50);
  await small.set('e', 100);
  expect(await small.keys()).toEqual(['b', 'c', 'd', 'e']);
  const large = await subject.create(10);
  for (let i = 0; i <= 10; i++) await large.set(`k${i}`, i);
  expect((await large.keys()).length).toBe(9);
}
