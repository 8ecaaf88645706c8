// Wrong: asks for so few dollars that they are below the percentage as well
// Says: How many dollars does your test ask for, and how many percent are left?
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
  expect(await budget.remainingPercent()).toBe(100);
  await budget.spend(100);
  expect(await budget.remainingUsd()).toBe(400);
  expect(await budget.affords(50)).toBe(true);
  await budget.spend(450);
  expect(await budget.remainingUsd()).toBe(0);
}
