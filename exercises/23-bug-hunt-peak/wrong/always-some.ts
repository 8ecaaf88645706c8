// Wrong: never asks while there is no answer
// Says: What is the longest of no answers?
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
  for (const latencyMs of [12_000, 94, 100, 200]) await report.answered(latencyMs);
  await report.failed();
  expect(await report.percentileMs(50)).toBe(100);
  expect(await report.peakMs()).toBe(12_000);
  expect(await report.failedShare()).toBe(0.2);
}
