// Wrong: writes down what the defective version says, so it fails on the right one
// Says: Your test must pass here, and fails. one request, L2: expect(1).toBe(0.5)
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
  expect(await stats.hitRate(), 'one request, L2').toBe(0.5);
}
