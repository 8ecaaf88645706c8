// Attack: asks its subject without end
// Exercise: 17-bug-hunt-hit-rate
// Ends: timeout
// Says: more than 1000 times
export default async function test(subject) {
  const stats = await subject.create();
  for (;;) await stats.record('L1');
}
