type Level = 'L1' | 'L2' | 'L3';

interface Levels {
  write(level: Level, key: string, value: unknown, nowMs: number, ttlMs: number): Promise<void>;
  read(key: string, nowMs: number): Promise<unknown>;
  holds(level: Level, key: string, nowMs: number): Promise<unknown>;
}

export default async function test(subject: { create(): Promise<Levels> }, expect: Expect): Promise<void> {
  const levels = await subject.create();
  await levels.write('L2', 'price', 499, 0, 100);
  expect(await levels.read('price', 0)).toBe(499);
  // L1 has a copy now. What has to be so of that copy, and of the other levels?
}
