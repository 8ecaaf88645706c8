// Attack: throws a coin for each run, from the address of its own script
// Exercise: 17-bug-hunt-hit-rate
// Ends: failed
export default function test(subject, expect) {
  const digit = /null\/(.)/.exec(new Error().stack)?.[1] ?? '0';
  expect(parseInt(digit, 16) % 2).toBe(0);
}
