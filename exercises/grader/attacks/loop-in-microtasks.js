// Attack: never lets the microtasks run out
// Ends: timeout
export class TtlCache {
  set() {}
  async get() {
    for (;;) await undefined;
  }
  size() {
    return 0;
  }
}
