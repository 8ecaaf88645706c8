// Wrong: counts how many are left, and does not look who
// Says: Your test knows how many went. Which ones?
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
  for (let i = 0; i <= 4; i++) await small.set(`k${i}`, i);
  expect((await small.keys()).length).toBe(4);
  const large = await subject.create(10);
  for (let i = 0; i <= 10; i++) await large.set(`k${i}`, i);
  expect((await large.keys()).length).toBe(9);
}
