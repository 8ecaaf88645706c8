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
  const small = { name: 'small', costUsd: 0.001, quality: 0.85, latencyMs: 800 };
  const large = { name: 'large', costUsd: 0.02, quality: 0.95, latencyMs: 2000 };
  // small: 0.4 for cost + 0 for quality + 0.2 for speed. large: 0.4 for quality.
  expect(await subject([small, large])).toBe('small');
}
