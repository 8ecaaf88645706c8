/**
 * SHA-1 (RFC 3174). It tells a damaged file from a whole one and makes the names of statements (UUID version 5 asks for it); it proves
 * nothing against somebody who means to deceive. The browser's own is missing where a page is not served securely.
 */

/** @returns 20 bytes */
export function sha1(bytes: Uint8Array): Uint8Array {
  const words = new DataView(padded(bytes).buffer);
  const sum = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);
  const schedule = new Int32Array(80);
  for (let block = 0; block < words.byteLength; block += 64) {
    for (let t = 0; t < 16; t++) schedule[t] = words.getInt32(block + 4 * t);
    for (let t = 16; t < 80; t++)
      schedule[t] = rotated(schedule[t - 3]! ^ schedule[t - 8]! ^ schedule[t - 14]! ^ schedule[t - 16]!, 1);
    compress(sum, schedule);
  }
  const digest = new DataView(new ArrayBuffer(20));
  sum.forEach((word, i) => digest.setInt32(4 * i, word));
  return new Uint8Array(digest.buffer);
}

export const sha1Hex = (text: string): string =>
  Array.from(sha1(new TextEncoder().encode(text)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** A one bit, zeros, and the length in bits: whole blocks of 64 bytes. */
function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const end = new DataView(whole.buffer);
  end.setUint32(whole.length - 8, Math.floor(bytes.length / 2 ** 29));
  end.setUint32(whole.length - 4, (bytes.length * 8) >>> 0);
  return whole;
}

function compress(sum: Int32Array, schedule: Int32Array): void {
  let [a, b, c, d, e] = [sum[0]!, sum[1]!, sum[2]!, sum[3]!, sum[4]!];
  for (let t = 0; t < 80; t++) {
    const [mixed, constant] =
      t < 20
        ? [(b & c) | (~b & d), 0x5a827999]
        : t < 40
          ? [b ^ c ^ d, 0x6ed9eba1]
          : t < 60
            ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
            : [b ^ c ^ d, 0xca62c1d6];
    const next = (rotated(a, 5) + mixed + e + schedule[t]! + constant) | 0;
    [a, b, c, d, e] = [next, a, rotated(b, 30), c, d];
  }
  // An Int32Array keeps the low 32 bits of each sum.
  sum[0]! += a;
  sum[1]! += b;
  sum[2]! += c;
  sum[3]! += d;
  sum[4]! += e;
}
