// Attack: writes to the console without end of lines
// Ends: failed
for (let i = 0; i < 20_000; i++) console.log('x'.repeat(1000), i);
export class TtlCache {
  set() {}
  get() {
    for (let i = 0; i < 1000; i++) console.error(new Array(1000).fill('x'));
  }
  size() {
    return 0;
  }
}
