// Wrong: lets every request be answered
// Says: A request that failed has no latency. What must not change when one fails?
interface LoadReport {
  answered(latencyMs: number): Promise<void>;
  failed(): Promise<void>;
  peakMs(): Promise<number | null>;
  percentileMs(percent: number): Promise<number | null>;
  failedShare(): Promise<number | null>;
}

export default async function test(
  subject: { create(): Promise<LoadReport> },
  expect: Expect,
): Promise<void> {
  const report = await subject.create();
  expect(await report.peakMs()).toBe(null);
  expect(await report.percentileMs(50)).toBe(null);
  expect(await report.failedShare()).toBe(null);
  for (const latencyMs of [12_000, 94, 100, 200]) await report.answered(latencyMs);
  expect(await report.percentileMs(50)).toBe(100);
}
