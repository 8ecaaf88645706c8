// Wrong: computes, but compares nothing
// Says: Your test checks nothing
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
  await stats.record('L2');
  if ((await stats.hitRate()) < 0.5) console.log('too low');
}
