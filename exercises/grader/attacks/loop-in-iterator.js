// Attack: gives an iterator that goes on for ever
// Ends: timeout
export class TtlCache {
  set() {}
  get() {
    return {
      next: () => {
        for (;;);
      },
      [Symbol.iterator]() {
        return this;
      },
    };
  }
  size() {
    return 0;
  }
}
