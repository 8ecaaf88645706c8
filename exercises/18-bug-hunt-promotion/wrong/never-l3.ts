// Wrong: lets L2 answer and never L3, so it does not see that L2 is left out
// Says: When L3 answers there are two faster levels.
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
  expect(await levels.holds('L1', 'price', 99)).toBe(499);
  expect(await levels.holds('L1', 'price', 100)).toBe(undefined);
  expect(await levels.holds('L2', 'price', 99)).toBe(499);
  expect(await levels.holds('L3', 'price', 60)).toBe(undefined);
}
