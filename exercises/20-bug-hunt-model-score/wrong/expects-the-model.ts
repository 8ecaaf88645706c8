// Wrong: expects the model, and the subject gives its name
// Says: Your test must pass here, and fails. expect("large").toEqual({ costUsd: 0.02
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
  expect(await subject([small, large])).toEqual(large);
}
