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
  // small: 0.4 for cost. large: 0.4 for quality + 0.2 for speed.
  expect(await subject([small, large]), 'better and faster, but dearer').toBe('large');

  const slow = { ...small, name: 'slow', latencyMs: 3000 };
  expect(await subject([slow, small]), 'alike but for the latency').toBe('small');

  const twin = { ...large, latencyMs: 2000 };
  // Each has 0.4, and 0.2 for a speed that is the same.
  expect(await subject([twin, small]), 'the same score').toBe('small');
}
