/** What the learner's code finds besides the language; the sandbox gives it (grader/sandbox/worker.js), and the editor knows it from here. */

declare const console: Record<'log' | 'info' | 'warn' | 'error' | 'debug', (...values: unknown[]) => void>;

interface Matchers {
  toBe(expected: unknown): void;
  /** Compares contents. */
  toEqual(expected: unknown): void;
  /** Less than half of the last digit apart; two digits when none are named. */
  toBeCloseTo(expected: number, digits?: number): void;
  toBeGreaterThan(expected: number): void;
  toBeGreaterThanOrEqual(expected: number): void;
  toBeLessThan(expected: number): void;
  toBeLessThanOrEqual(expected: number): void;
  /** Of a promise, or of a function that returns one: `await expect(cache.get('')).toThrow()`. */
  toThrow(): Promise<void>;
}

/** `about` says what is checked; it stands in front of the message when it is not so. */
type Expect = (value: unknown, about?: string) => Matchers & { not: Matchers };
