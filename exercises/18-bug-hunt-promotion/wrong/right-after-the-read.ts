// Wrong: looks at the copy only in the moment in which it is made
// Says: Does your test look at the copy when the original has ended?
type Level = 'L1' | 'L2' | 'L3';

interface Levels {
  write(level: Level, key: string, value: unknown, nowMs: number, ttlMs: number): Promise<void>;
  read(key: string, nowMs: number): Promise<unknown>;
  holds(level: Level, key: string, nowMs: number): Promise<unknown>;
}

export default async function test(subject: { create(): Promise<Levels> }, expect: Expect): Promise<void> {
  const levels = await subject.create();
  await levels.write('L3', 'price', 499, 0, 100);
  expect(await levels.read('price', 60)).toBe(499);
  expect(await levels.holds('L1', 'price', 60)).toBe(499);
  expect(await levels.holds('L2', 'price', 60)).toBe(499);
  expect(await levels.holds('L3', 'price', 60)).toBe(499);
}
