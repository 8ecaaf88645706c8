// Attack: gives a generator that never ends and yields nothing that counts
// Ends: timeout
export class TtlCache {
  set() {}
  *get() {
    while (Math.abs(1)) if (Math.abs(0)) yield 1;
  }
  size() {
    return 0;
  }
}
