// Attack: gives an object whose getter never returns
// Ends: timeout
export class TtlCache {
  set() {}
  get() {
    return {
      get value() {
        for (;;);
      },
    };
  }
  size() {
    return 0;
  }
}
