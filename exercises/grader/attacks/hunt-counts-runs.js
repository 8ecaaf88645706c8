// Attack: keeps count of the runs, to pass on the first and fail on the others
// Exercise: 17-bug-hunt-hit-rate
// Ends: failed
globalThis.runs = (globalThis.runs ?? 0) + 1;
export default function test(subject, expect) {
  expect(globalThis.runs).toBe(1);
}
