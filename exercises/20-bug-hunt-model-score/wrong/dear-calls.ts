// Wrong: takes calls of several dollars, where one divided by the cost is a small number
// Says: Look at what a usual call costs: a cent, or less.
interface Model {
  name: string;
  costUsd: number;
  quality: number;
  latencyMs: number;
}

export default async function test(
  subject: (models: Model[]) => Promise<string>,
  expect: Expect,
): Promise<void> {
  const small = { name: 'small', costUsd: 5, quality: 0.85, latencyMs: 2000 };
  const large = { name: 'large', costUsd: 20, quality: 0.95, latencyMs: 800 };
  expect(await subject([small, large])).toBe('large');
  const slow = { ...small, name: 'slow', latencyMs: 3000 };
  expect(await subject([slow, small])).toBe('small');
  const twin = { ...large, latencyMs: 2000 };
  expect(await subject([twin, small])).toBe('small');
}
