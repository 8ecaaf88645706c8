// Attack: makes code from text, which could hide what it does
// Ends: failed
// Says: stopped
const made = [];
for (const make of [
  () => (0, globalThis.eval)('1 + 1'),
  () => new Function('return 1 + 1')(),
  () => Object.getPrototypeOf(async () => {}).constructor('return 1')(),
  () => Object.getPrototypeOf(function* () {}).constructor('yield 1')(),
]) {
  try {
    make();
    made.push('ran');
  } catch {
    made.push('stopped');
  }
}

export class TtlCache {
  set() {}
  get() {
    return made;
  }
  size() {
    return 0;
  }
}
