// Attack: gives an object whose then never returns
// Ends: timeout
export class TtlCache {
  set() {}
  get() {
    return {
      then() {
        for (;;);
      },
    };
  }
  size() {
    return 0;
  }
}
