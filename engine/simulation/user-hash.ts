const bits = new DataView(new ArrayBuffer(8));

/**
 * A whole number from 0 that stands for who asks: equal for all tries of a request, and as good as drawn for different ones.
 * @param intendedMs when the request was wanted.
 */
export function userHash(intendedMs: number, key: number): number {
  bits.setFloat64(0, intendedMs);
  let h = bits.getInt32(0) ^ Math.imul(bits.getInt32(4), 0x85ebca6b) ^ Math.imul(key, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
