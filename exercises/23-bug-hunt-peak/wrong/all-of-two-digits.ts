// Wrong: takes latencies with the same number of digits, whose order as text is that as numbers
// Says: In which order do 94 and 100 stand?
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
  for (const latencyMs of [40, 30, 20, 10]) await report.answered(latencyMs);
  expect(await report.percentileMs(50)).toBe(20);
  expect(await report.failedShare()).toBe(0.2);
}
