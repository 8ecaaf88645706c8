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
  // a: 90 / 2. The others: 100, and b was set first.
  expect(await small.keys(), 'one of four').toEqual(['a', 'c', 'd', 'e']);

  const read = await subject.create(2);
  await read.set('often', 0);
  for (let i = 0; i < 4; i++) await read.get('often', 10);
  await read.set('once', 60);
  await read.set('new', 100);
  // often: 90 / 5 = 18. once: 40 / 1.
  expect(await read.keys(), 'read often').toEqual(['new', 'often']);

  const large = await subject.create(10);
  for (let i = 0; i <= 10; i++) await large.set(`key ${i}`, i);
  expect((await large.keys()).length, 'two of ten went, one came').toBe(9);
}
