// Wrong: compares cents exactly, though a tenth has no exact binary form
// Says: Your test must pass here, and fails. expect(0.09999999999999964).toBe(0.1)
interface Budget {
  spend(usd: number): Promise<void>;
  remainingUsd(): Promise<number>;
  remainingPercent(): Promise<number>;
  affords(usd: number): Promise<boolean>;
}

export default async function test(
  subject: { create(limitUsd: number): Promise<Budget> },
  expect: Expect,
): Promise<void> {
  const budget = await subject.create(10);
  await budget.spend(9.9);
  expect(await budget.remainingUsd()).toBe(0.1);
}
