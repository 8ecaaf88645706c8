/** Redis's integers are signed 64-bit. Most fit a double exactly; the rest go through BigInt. */

const MAX = (1n << 63n) - 1n;
const MIN = -(1n << 63n);
const INTEGER = /^(?:0|-?[1-9][0-9]{0,19})$/;

/** Strict as util.c `string2ll`: no plus, no leading zero, no space. Undefined when it is no 64-bit integer. */
export function parseInteger(text: string): number | bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  if (text.length <= 15) return Number(text);
  const value = BigInt(text);
  return value < MIN || value > MAX ? undefined : narrow(value);
}

/** a + b, or undefined when the sum leaves 64 bits. */
export function addIntegers(a: number | bigint, b: number | bigint): number | bigint | undefined {
  if (typeof a === 'number' && typeof b === 'number' && Number.isSafeInteger(a + b)) return a + b;
  const sum = BigInt(a) + BigInt(b);
  return sum < MIN || sum > MAX ? undefined : narrow(sum);
}

/** −a, or undefined for the least integer, which has no opposite. */
export function negateInteger(a: number | bigint): number | bigint | undefined {
  if (typeof a === 'number') return a === 0 ? 0 : -a;
  return a === MIN ? undefined : narrow(-a);
}

/** a · 1000, or undefined when the product leaves 64 bits. */
export function secondsToMs(a: number | bigint): number | bigint | undefined {
  if (typeof a === 'number' && Number.isSafeInteger(a * 1000)) return a * 1000;
  const product = BigInt(a) * 1000n;
  return product < MIN || product > MAX ? undefined : narrow(product);
}

function narrow(value: bigint): number | bigint {
  const double = Number(value);
  return Number.isSafeInteger(double) ? double : value;
}
