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
  expect(await stats.hitRate(), 'nothing recorded').toBe(null);

  for (let i = 0; i < 8; i++) await stats.record('L1');
  await stats.record('L2');
  expect(await stats.hitRate(), 'all were answered').toBe(1);
  expect(await stats.levelHitRate('L2'), 'the only one that reached L2').toBe(1);

  await stats.record('model');
  expect(await stats.hitRate(), 'nine of ten').toBeCloseTo(0.9, 9);
  expect(await stats.band(), 'exactly 90 %').toBe('excellent');
}
