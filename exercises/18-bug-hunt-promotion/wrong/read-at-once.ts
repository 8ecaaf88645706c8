// Wrong: reads in the moment of the write, when a renewed life and the rest of the old one are the same
// Says: Does time pass between the write and the read?
type Level = 'L1' | 'L2' | 'L3';

interface Levels {
  write(level: Level, key: string, value: unknown, nowMs: number, ttlMs: number): Promise<void>;
  read(key: string, nowMs: number): Promise<unknown>;
  holds(level: Level, key: string, nowMs: number): Promise<unknown>;
}

export default async function test(subject: { create(): Promise<Levels> }, expect: Expect): Promise<void> {
  const levels = await subject.create();
  await levels.write('L2', 'price', 499, 0, 100);
  await levels.read('price', 0);
  expect(await levels.holds('L1', 'price', 99)).toBe(499);
  expect(await levels.holds('L1', 'price', 100)).toBe(undefined);
  expect(await levels.holds('L2', 'price', 99)).toBe(499);
  expect(await levels.holds('L3', 'price', 0)).toBe(undefined);
}
