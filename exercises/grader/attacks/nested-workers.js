// Attack: starts workers of its own, which nobody watches
// Ends: failed
// Says: threw
export class TtlCache {
  set() {}
  get() {
    const loop = globalThis.URL.createObjectURL(new globalThis.Blob(['for (;;) {}']));
    return new globalThis.Worker(loop);
  }
  size() {
    return 0;
  }
}
