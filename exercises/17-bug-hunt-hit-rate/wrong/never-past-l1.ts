// Wrong: asks for the rate of L1 only, which every request reaches
// Says: Of which requests is levelHitRate a share?
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
  await stats.record('L2');
  expect(await stats.hitRate()).toBe(1);
  expect(await stats.levelHitRate('L1')).toBe(0);
  for (let i = 0; i < 8; i++) await stats.record('L1');
  await stats.record('model');
  expect(await stats.levelHitRate('L1')).toBe(0.8);
  expect(await stats.band()).toBe('excellent');
}
