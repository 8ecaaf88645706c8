// Wrong: takes the end for the last moment at which the entry can be read
// Says: Your test must pass here, and fails. expect(undefined).toBe(499)
type Level = 'L1' | 'L2' | 'L3';

interface Levels {
  write(level: Level, key: string, value: unknown, nowMs: number, ttlMs: number): Promise<void>;
  read(key: string, nowMs: number): Promise<unknown>;
  holds(level: Level, key: string, nowMs: number): Promise<unknown>;
}

export default async function test(subject: { create(): Promise<Levels> }, expect: Expect): Promise<void> {
  const levels = await subject.create();
  await levels.write('L2', 'price', 499, 0, 100);
  await levels.read('price', 60);
  expect(await levels.holds('L1', 'price', 100)).toBe(499);
  expect(await levels.holds('L1', 'price', 101)).toBe(undefined);
}
