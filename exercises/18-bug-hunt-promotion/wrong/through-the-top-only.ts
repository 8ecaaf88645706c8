// Wrong: only reads, and a read does not tell which level has the value
// Says: What is left in the level that answered?
type Level = 'L1' | 'L2' | 'L3';

interface Levels {
  write(level: Level, key: string, value: unknown, nowMs: number, ttlMs: number): Promise<void>;
  read(key: string, nowMs: number): Promise<unknown>;
  holds(level: Level, key: string, nowMs: number): Promise<unknown>;
}

export default async function test(subject: { create(): Promise<Levels> }, expect: Expect): Promise<void> {
  const levels = await subject.create();
  await levels.write('L2', 'price', 499, 0, 100);
  expect(await levels.read('price', 60)).toBe(499);
  expect(await levels.read('price', 99)).toBe(499);
  expect(await levels.read('price', 100)).toBe(undefined);
}
