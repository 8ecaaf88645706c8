// Attack: gives a proxy whose every trap loops
// Ends: timeout
export class TtlCache {
  set() {}
  get() {
    const wait = () => {
      for (;;);
    };
    return new Proxy({}, { get: wait, ownKeys: wait, getPrototypeOf: wait, has: wait });
  }
  size() {
    return 0;
  }
}
