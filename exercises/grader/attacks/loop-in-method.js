// Attack: loops for ever in a method, where it catches everything
// Ends: timeout
// Says: set("a", "A", 0): No answer
export class TtlCache {
  set() {
    while (Math.abs(1)) {
      try {
        while (Math.abs(1));
      } catch {
        continue;
      } finally {
        while (Math.abs(1));
      }
    }
  }
  get() {}
  size() {
    return 0;
  }
}
