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
  expect(await report.peakMs(), 'no answer yet').toBe(null);
  expect(await report.percentileMs(50), 'no answer yet').toBe(null);
  expect(await report.failedShare(), 'one of one').toBe(1);

  for (const latencyMs of [12_000, 94, 100, 200]) await report.answered(latencyMs);
  expect(await report.percentileMs(50), 'the second of four').toBe(100);
  expect(await report.peakMs()).toBe(12_000);
}
