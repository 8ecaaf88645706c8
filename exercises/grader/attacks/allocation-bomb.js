// Attack: allocates without end
// Ends: timeout memory
export class TtlCache {
  set() {
    const held = [];
    for (;;) held.push(new Array(100_000).fill(held.length));
  }
  get() {}
  size() {
    return 0;
  }
}
