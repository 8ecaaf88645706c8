// Wrong: takes a limit of 100, where percent and dollars are the same numbers
// Says: Is there a limit at which the two are the same number?
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
  const budget = await subject.create(100);
  await budget.spend(20);
  expect(await budget.remainingUsd()).toBe(80);
  expect(await budget.remainingPercent()).toBeCloseTo(80, 6);
  expect(await budget.affords(80)).toBe(true);
  expect(await budget.affords(81)).toBe(false);
  await budget.spend(90);
  expect(await budget.remainingUsd()).toBe(0);
}
