// Wrong: expects 0 of nothing, which would be the worst rate there is
// Says: Your test must pass here, and fails. nobody asked: expect(null).toBe(0)
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
  expect(await stats.hitRate(), 'nobody asked').toBe(0);
}
