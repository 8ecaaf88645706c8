// Attack: throws where nobody catches, more often than anyone can note
// Ends: protocol
// Says: flood
for (let i = 0; i < 100_000; i++)
  queueMicrotask(() => {
    throw new Error('flood');
  });
export class TtlCache {
  set() {}
  get() {}
  size() {
    return 0;
  }
}
