// Wrong: expects the middle of two for the 50th percentile, which is another definition
// Says: Your test must pass here, and fails. expect(100).toBe(150)
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
  for (const latencyMs of [94, 100, 200, 12_000]) await report.answered(latencyMs);
  expect(await report.percentileMs(50)).toBe(150);
}
