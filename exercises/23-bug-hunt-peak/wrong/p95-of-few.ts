// Wrong: asks for the 95th percentile of four, which is the greatest however one counts
// Says: Choose a number of answers and a percentile whose place can be counted.
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
  await report.failed();
  expect(await report.peakMs()).toBe(null);
  expect(await report.percentileMs(95)).toBe(null);
  for (const latencyMs of [12_000, 94, 100, 200]) await report.answered(latencyMs);
  expect(await report.percentileMs(95)).toBe(12_000);
}
