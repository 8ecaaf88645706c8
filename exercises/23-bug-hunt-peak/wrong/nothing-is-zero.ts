// Wrong: expects 0 of nothing, which would be the fastest minute of the day
// Says: Your test must pass here, and fails. nobody asked: expect(null).toBe(0)
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
  expect(await report.peakMs(), 'nobody asked').toBe(0);
}
