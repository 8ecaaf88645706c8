// Wrong: names the cheaper of two equal models first, where the order of the list decides as well
// Says: Two models can have the same score. Does the order of the list matter in your test?
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
  const small = { name: 'small', costUsd: 0.001, quality: 0.85, latencyMs: 2000 };
  const large = { name: 'large', costUsd: 0.02, quality: 0.95, latencyMs: 800 };
  expect(await subject([small, large])).toBe('large');
  const slow = { ...small, name: 'slow', latencyMs: 3000 };
  expect(await subject([slow, small])).toBe('small');
  expect(await subject([small, { ...large, latencyMs: 2000 }])).toBe('small');
}
