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
  expect(await budget.remainingUsd(), '100 of 500 spent').toBe(400);
  expect(await budget.remainingPercent(), '100 of 500 spent').toBeCloseTo(80, 6);
  expect(await budget.affords(400), 'exactly the rest').toBe(true);
  expect(await budget.affords(401), 'a dollar more than the rest').toBe(false);

  await budget.spend(450);
  expect(await budget.remainingUsd(), 'overspent').toBe(0);
}
