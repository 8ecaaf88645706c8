// Wrong: expects that a full cache stays full, but two of ten go at once
// Says: Your test must pass here, and fails. a new key in ten: expect(9).toBe(10)
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
  for (let i = 0; i <= 10; i++) await cache.set(`k${i}`, i);
  expect((await cache.keys()).length, 'a new key in ten').toBe(10);
}
