/** Text and numbers out of bytes. The language has no text decoder, and most lines never need to become a string. */

const ZERO = 48;
const NINE = 57;

/**
 * The bytes as a whole number below 10^15 when they are written as one in the plain way ("0", "42"; not "007", "+1", "1.0"), else
 * −1.
 */
export function plainNumber(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length === 0 || length > 15) return -1;
  if (bytes[from] === ZERO && length > 1) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    if (byte < ZERO || byte > NINE) return -1;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}

/** A decimal number, perhaps with sign, fraction and exponent; NaN when it isn't one. */
export function decimal(bytes: Uint8Array, from: number, to: number): number {
  const plain = plainNumber(bytes, from, to);
  if (plain >= 0) return plain;
  const text = utf8(bytes, from, to);
  return text !== null && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

/** The bytes as text, or null when they aren't UTF-8 (RFC 3629: no overlong forms, no surrogates). */
export function utf8(bytes: Uint8Array, from: number, to: number): string | null {
  let text = '';
  for (let i = from; i < to;) {
    const lead = bytes[i++];
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      continue;
    }
    const more = lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
    if (more < 0 || i + more > to) return null;
    let point = lead & (0x3f >> more);
    for (let k = 0; k < more; k++) {
      const byte = bytes[i++];
      if ((byte & 0xc0) !== 0x80) return null;
      point = (point << 6) | (byte & 0x3f);
    }
    const least = more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000;
    if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return null;
    text += String.fromCodePoint(point);
  }
  return text;
}

/** For a message: the bytes as text when they are text, else in hexadecimal; cut when long. */
export function shown(bytes: Uint8Array, from: number, to: number): string {
  if (from === to) return 'nothing';
  const end = Math.min(to, from + 60);
  const more = end < to ? '…' : '';
  let text = utf8(bytes, from, end);
  for (let cut = 1; text === null && cut <= 3 && end < to; cut++) text = utf8(bytes, from, end - cut);
  if (text !== null && !hasControl(text)) return JSON.stringify(text + more);
  const hex = Array.from(bytes.subarray(from, Math.min(to, from + 8)), (b) =>
    b.toString(16).padStart(2, '0'),
  );
  return `the bytes ${hex.join(' ')}${to - from > 8 ? ' …' : ''}`;
}

/** Control characters other than tab: text has none. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && code !== 9) return true;
  }
  return false;
}
