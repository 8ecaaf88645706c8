// Wrong: tests the bands well inside, not where one ends
// Says: Look at the bands where one ends and the next begins
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
  expect(await stats.hitRate()).toBe(null);
  await stats.record('L3');
  expect(await stats.hitRate()).toBe(1);
  expect(await stats.band()).toBe('excellent');
}
