// Wrong: lets the cheap model win only where it should win anyway
// Says: Which model should win although another one is cheaper?
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
  expect(await subject([small, large])).toBe('small');
  expect(await subject([large])).toBe('large');
}
