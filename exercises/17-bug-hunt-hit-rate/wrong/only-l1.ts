// Wrong: records requests that L1 answers only, where every way of counting gives the same
// Says: How many misses is a request that L3 answers?
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
  for (let i = 0; i < 9; i++) await stats.record('L1');
  expect(await stats.hitRate()).toBe(1);
  await stats.record('model');
  expect(await stats.band()).not.toBe('poor');
}
