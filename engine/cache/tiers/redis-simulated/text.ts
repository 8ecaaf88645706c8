/** Length of the text in UTF-8, bytes. Redis counts bytes; strings here are JavaScript's. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 2; // four bytes for two units
      i++;
    } else bytes += 2; // three bytes; a lone surrogate is encoded as U+FFFD, three as well
  }
  return bytes;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Hash of a key under a seed: murmur3's mixing over the UTF-16 units. The real one is SipHash with a random seed. */
export function hashText(text: string, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) {
    h ^= Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    h = Math.imul((h << 13) | (h >>> 19), 5) + 0x6b64e653;
  }
  h ^= text.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A key so that a glob pattern matches it and nothing else. */
export const escapeGlob = (text: string): string => text.replace(/[\\*?[\]^-]/g, '\\$&');

/**
 * Glob of SCAN MATCH and CONFIG GET: `*`, `?`, `[a-z]`, `[^x]`, and a backslash takes the next character as it is
 * (Redis docs, KEYS). A bracket that is never closed ends with the pattern.
 */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      starAt = p++;
      resumeAt = t;
      continue;
    }
    const next = p < pattern.length ? afterOne(pattern, p, text[t]!) : -1;
    if (next >= 0) {
      p = next;
      t++;
    } else if (starAt >= 0) {
      p = starAt + 1; // let the last star take one character more
      t = ++resumeAt;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Where the pattern goes on after the one element at `p` has matched the character; −1 when it does not match. */
function afterOne(pattern: string, p: number, character: string): number {
  switch (pattern[p]) {
    case '?':
      return p + 1;
    case '[':
      return afterClass(pattern, p + 1, character);
    case '\\':
      if (p + 1 < pattern.length) p++;
  }
  return pattern[p] === character ? p + 1 : -1;
}

function afterClass(pattern: string, p: number, character: string): number {
  const negated = pattern[p] === '^';
  if (negated) p++;
  let matched = false;
  for (; p < pattern.length && pattern[p] !== ']'; p++) {
    if (pattern[p] === '\\' && p + 1 < pattern.length) p++;
    else if (pattern[p + 1] === '-' && p + 2 < pattern.length) {
      const [from, to] = [pattern[p]!, pattern[p + 2]!].sort();
      if (from! <= character && character <= to!) matched = true;
      p += 2;
      continue;
    }
    if (pattern[p] === character) matched = true;
  }
  return matched !== negated ? Math.min(p + 1, pattern.length) : -1;
}
