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
  expect(await levels.holds('L1', 'price', 99), 'the copy, just before its end').toBe(499);
  expect(await levels.holds('L1', 'price', 100), 'the copy, at its end').toBe(undefined);
  expect(await levels.holds('L2', 'price', 99), 'the original').toBe(499);
  expect(await levels.holds('L3', 'price', 60), 'a slower level').toBe(undefined);

  await levels.write('L3', 'stock', 3, 0, 100);
  await levels.read('stock', 60);
  expect(await levels.holds('L1', 'stock', 60), 'answered by L3').toBe(3);
  expect(await levels.holds('L2', 'stock', 60), 'answered by L3').toBe(3);
}
