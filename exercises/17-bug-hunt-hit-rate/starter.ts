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
  await stats.record('L1');
  expect(await stats.hitRate()).toBe(1);
}
