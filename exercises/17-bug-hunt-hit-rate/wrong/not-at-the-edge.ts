// Wrong: tests the bands well inside, not where one ends
// Says: Look at the bands where one ends and the next begins
interface CacheStats {
  record(answeredBy: 'L1' | 'L2' | 'L3' | 'model'): Promise<void>;
  hitRate(): Promise<number>;
  levelHitRate(level: 'L1' | 'L2' | 'L3'): Promise<number>;
  band(): Promise<'excellent' | 'good' | 'poor'>;
}

export default async function test(
  subject: { create(): Promise<CacheStats> },
  expect: Expect,
): Promise<void> {
  const stats = await subject.create();
  expect(await stats.hitRate()).toBe(0);
  await stats.record('L3');
  expect(await stats.hitRate()).toBe(1);
  expect(await stats.band()).toBe('excellent');
}
