// Attack: asks its subject without waiting for an answer
// Exercise: 17-bug-hunt-hit-rate
// Ends: protocol timeout
export default async function test(subject) {
  const stats = await subject.create();
  for (;;) stats.record('L1').catch(() => {});
}
