// Wrong: takes the renewed life for the right one, so it fails on the right version
// Says: Your test must pass here, and fails. a new life in L1: expect(undefined).toBe(499)
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
  expect(await levels.holds('L1', 'price', 159), 'a new life in L1').toBe(499);
}
