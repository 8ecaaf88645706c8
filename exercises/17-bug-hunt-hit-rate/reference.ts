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
  expect(await stats.hitRate(), 'nothing recorded').toBe(0);

  await stats.record('L2');
  expect(await stats.hitRate(), 'one request, answered by L2').toBe(1);
  expect(await stats.levelHitRate('L1')).toBe(0);
  expect(await stats.levelHitRate('L2')).toBe(1);

  for (let i = 0; i < 8; i++) await stats.record('L1');
  await stats.record('model');
  expect(await stats.hitRate(), 'nine of ten').toBeCloseTo(0.9, 9);
  expect(await stats.band(), 'exactly 90 %').toBe('excellent');
}
