// Attack: answers with more than anyone can read
// Ends: failed
// Says: characters
let size = 0;
export class TtlCache {
  set() {
    return 'x'.repeat(50_000_000);
  }
  get() {
    const ring = [];
    ring.push(ring, new Map([[ring, ring]]));
    let deep = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    return [ring, deep, new Array(1_000_000).fill('x'), 10n ** 5000n];
  }
  size() {
    size += 1;
    return new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 40 : size) });
  }
}
