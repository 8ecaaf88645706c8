// Attack: measures time, to tell one case from another by how long the page takes
// Ends: failed
// Says: time is passed in
export class TtlCache {
  set() {}
  get() {
    return [globalThis.performance.timeOrigin, globalThis.performance.now()];
  }
  size() {
    return Date.now() + new Date().getTime();
  }
}
