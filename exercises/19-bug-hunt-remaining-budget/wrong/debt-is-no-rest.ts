// Wrong: expects a rest below zero for what is overspent
// Says: Your test must pass here, and fails. overspent by 50: expect(0).toBe(-50)
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
  const budget = await subject.create(500);
  await budget.spend(550);
  expect(await budget.remainingUsd(), 'overspent by 50').toBe(-50);
}
