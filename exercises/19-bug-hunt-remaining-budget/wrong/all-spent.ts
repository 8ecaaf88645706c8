// Wrong: spends everything, and a hundred times nothing is nothing
// Says: What is left when a part is spent?
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
  await budget.spend(500);
  expect(await budget.remainingUsd()).toBe(0);
  expect(await budget.remainingPercent()).toBe(0);
  expect(await budget.affords(1)).toBe(false);
}
