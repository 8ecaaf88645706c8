// Attack: looks for the subject's source instead of testing what it does
// Exercise: 17-bug-hunt-hit-rate
// Ends: failed
export default async function test(subject, expect) {
  const stats = await subject.create();
  const text = [subject, subject.create, stats, stats.record, stats.hitRate, Object.getPrototypeOf(stats)]
    .map((part) => String(part) + JSON.stringify(part))
    .join();
  console.log(text);
  expect(/requests === 0|rate >= 0.9/.test(text)).toBe(true);
}
