// Wrong: asks far below and far above the rest, never at it
// Says: Ask at the edge: may exactly the rest be spent?
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
  await budget.spend(100);
  expect(await budget.remainingUsd()).toBe(400);
  expect(await budget.remainingPercent()).toBeCloseTo(80, 6);
  expect(await budget.affords(10)).toBe(true);
  expect(await budget.affords(1000)).toBe(false);
  await budget.spend(450);
  expect(await budget.remainingUsd()).toBe(0);
}
