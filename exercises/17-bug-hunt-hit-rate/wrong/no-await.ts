// Wrong: forgets to await, so it compares a promise
// Says: Write “await” before what you check
type Level = 'L1' | 'L2' | 'L3';

interface CacheStats {
  record(answeredBy: Level | 'model'): Promise<void>;
  hitRate(): Promise<number | null>;
  levelHitRate(level: Level): Promise<number | null>;
  band(): Promise<'excellent' | 'good' | 'poor' | null>;
}

export default async function test(
  subject: { create(): Promise<CacheStats> },
  expect: Expect,
): Promise<void> {
  const stats = await subject.create();
  await stats.record('L2');
  expect(stats.hitRate()).toBe(1);
}
