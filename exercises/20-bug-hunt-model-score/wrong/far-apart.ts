// Wrong: takes qualities of 0 and 1, which are on the scale already
// Says: Qualities lie close together.
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
  const small = { name: 'small', costUsd: 0.001, quality: 0, latencyMs: 2000 };
  const large = { name: 'large', costUsd: 0.02, quality: 1, latencyMs: 800 };
  expect(await subject([small, large])).toBe('large');
  const slow = { ...small, name: 'slow', latencyMs: 3000 };
  expect(await subject([slow, small])).toBe('small');
  expect(await subject([{ ...large, latencyMs: 2000 }, small])).toBe('small');
}
