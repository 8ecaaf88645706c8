import { utf8Bytes } from './message.ts';

/**
 * Length of a text compressed with gzip, without a compressor of the platform: what a run counts must not depend on which
 * zlib is at hand, and must be the same in Node and in every browser. It looks for repeats as zlib does at its usual level (6: hash
 * chains, lazy matching; RFC 1951) and adds up the bits of the Huffman codes that a block of it would take. Nothing is written.
 */

const MIN_MATCH = 3;
const MAX_MATCH = 258;
const WINDOW = 32_768;
/** zlib at level 6: longest chain, match long enough to stop, match too long to look for a better one, and a "good" one. */
const [CHAIN, NICE, LAZY, GOOD] = [128, 128, 16, 8];
/** Matches of three further back than this take more bits than they save. */
const TOO_FAR = 4096;
/** Symbols in a block. */
const BLOCK = 16_383;
const HASH_BITS = 15;
const END_OF_BLOCK = 256;
/** Header of a gzip file with its check sum and length (RFC 1952). */
const GZIP_BYTES = 18;

const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Bytes of the text under gzip, to within a few in a hundred. 20 for no text at all. */
export function gzipBytes(text: string): number {
  const bytes = utf8(text);
  return GZIP_BYTES + Math.ceil(deflateBits(bytes) / 8);
}

/** A lone surrogate becomes a replacement character, as everywhere. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Bytes(text));
  let at = 0;
  for (const character of text) {
    const found = character.codePointAt(0)!;
    const code = found >= 0xd800 && found < 0xe000 ? 0xfffd : found;
    const tail = (bits: number): number => 0x80 | ((code >> bits) & 0x3f);
    if (code < 0x80) bytes[at++] = code;
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = tail(0);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = tail(6);
      bytes[at++] = tail(0);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = tail(12);
      bytes[at++] = tail(6);
      bytes[at++] = tail(0);
    }
  }
  return bytes;
}

function deflateBits(bytes: Uint8Array): number {
  const block = new Block();
  const head = new Int32Array(1 << HASH_BITS).fill(-1);
  const previous = new Int32Array(bytes.length);
  const insert = (at: number): void => {
    const hash = hashAt(bytes, at);
    previous[at] = head[hash]!;
    head[hash] = at;
  };
  const last = bytes.length - MIN_MATCH;
  let [pendingLength, pendingDistance] = [0, 0];
  let pending = false;
  for (let at = 0; at < bytes.length;) {
    let [length, distance] = [MIN_MATCH - 1, 0];
    if (at <= last) {
      if (pendingLength < LAZY) {
        const from = head[hashAt(bytes, at)]!;
        [length, distance] = longestMatch(bytes, previous, at, from, Math.max(pendingLength, MIN_MATCH - 1));
        if (length === MIN_MATCH && distance > TOO_FAR) length = MIN_MATCH - 1;
      }
      insert(at);
    }
    if (pendingLength >= MIN_MATCH && length <= pendingLength) {
      block.match(pendingLength, pendingDistance);
      const end = at - 1 + pendingLength;
      for (let i = at + 1; i < end; i++) if (i <= last) insert(i);
      at = end;
      pending = false;
      pendingLength = 0;
      continue;
    }
    if (pending) block.literal(bytes[at - 1]!);
    pending = true;
    pendingLength = length >= MIN_MATCH ? length : 0;
    pendingDistance = distance;
    at++;
  }
  if (pending) {
    // A match cannot begin at the last byte.
    block.literal(bytes[bytes.length - 1]!);
  }
  return block.end();
}

function hashAt(bytes: Uint8Array, at: number): number {
  const three = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  return Math.imul(three, 0x9e3779b1) >>> (32 - HASH_BITS);
}

/** The longest repeat of what stands at `at` that is longer than `best`; a length of `best` when there is none. */
function longestMatch(
  bytes: Uint8Array,
  previous: Int32Array,
  at: number,
  from: number,
  best: number,
): [length: number, distance: number] {
  const most = Math.min(MAX_MATCH, bytes.length - at);
  const oldest = Math.max(0, at - WINDOW + 262);
  let distance = 0;
  let length = best;
  let chain = best >= GOOD ? CHAIN / 4 : CHAIN;
  if (length >= most) return [length, 0];
  for (let other = from; other >= oldest && chain > 0; other = previous[other]!, chain--) {
    if (bytes[other + length] !== bytes[at + length] || bytes[other] !== bytes[at]) continue;
    let n = 0;
    while (n < most && bytes[other + n] === bytes[at + n]) n++;
    if (n <= length) continue;
    length = n;
    distance = at - other;
    if (n >= NICE || n === most) break;
  }
  return [length, distance];
}

/** Symbols of a block, and the bits it takes: by codes of its own or by the fixed ones, whichever are fewer. */
class Block {
  private readonly literals = new Int32Array(286);
  private readonly distances = new Int32Array(30);
  private extraBits = 0;
  private symbols = 0;
  private bits = 0;

  literal(byte: number): void {
    this.literals[byte]!++;
    this.count();
  }

  match(length: number, distance: number): void {
    const [lengthCode, lengthExtra] = lengthSymbol(length);
    const [distanceCode, distanceExtra] = distanceSymbol(distance);
    this.literals[lengthCode]!++;
    this.distances[distanceCode]!++;
    this.extraBits += lengthExtra + distanceExtra;
    this.count();
  }

  /** Bits of all blocks. */
  end(): number {
    this.close();
    return this.bits;
  }

  private count(): void {
    if (++this.symbols === BLOCK) this.close();
  }

  private close(): void {
    if (this.symbols === 0 && this.bits > 0) return;
    this.literals[END_OF_BLOCK] = 1;
    const literals = codeLengths(this.literals, 15);
    const distances = codeLengths(this.distances, 15);
    const own =
      treeBits(literals, distances) + total(this.literals, literals) + total(this.distances, distances);
    const fixed =
      total(this.literals, (code) => (code < 144 ? 8 : code < 256 ? 9 : code < 280 ? 7 : 8)) +
      total(this.distances, () => 5);
    this.bits += 3 + Math.min(own, fixed) + this.extraBits;
    this.literals.fill(0);
    this.distances.fill(0);
    this.extraBits = 0;
    this.symbols = 0;
  }
}

function total(counts: Int32Array, bits: Int32Array | ((code: number) => number)): number {
  let sum = 0;
  for (let code = 0; code < counts.length; code++)
    sum += counts[code]! * (typeof bits === 'function' ? bits(code) : bits[code]!);
  return sum;
}

/** Code and extra bits of a match's length. */
function lengthSymbol(length: number): [code: number, extra: number] {
  if (length < 11) return [254 + length, 0];
  if (length === MAX_MATCH) return [285, 0];
  const extra = 29 - Math.clz32(length - 3);
  return [257 + 4 * (extra + 1) + (((length - 3) >> extra) & 3), extra];
}

/** Code and extra bits of a match's distance. */
function distanceSymbol(distance: number): [code: number, extra: number] {
  if (distance < 5) return [distance - 1, 0];
  const extra = 30 - Math.clz32(distance - 1);
  return [2 * (extra + 1) + (((distance - 1) >> extra) & 1), extra];
}

/** Bits that describe the two codes: run lengths of code lengths, in a Huffman code of their own. */
function treeBits(literals: Int32Array, distances: Int32Array): number {
  const used = (lengths: Int32Array, least: number): Int32Array => {
    let n = lengths.length;
    while (n > least && lengths[n - 1] === 0) n--;
    return lengths.subarray(0, n);
  };
  const counts = new Int32Array(19);
  let extra = 0;
  const add = (symbol: number, bits = 0): void => {
    counts[symbol]!++;
    extra += bits;
  };
  const all = [...used(literals, 257), ...used(distances, 1)];
  for (let i = 0; i < all.length;) {
    const value = all[i]!;
    let run = 1;
    while (i + run < all.length && all[i + run] === value) run++;
    i += run;
    if (value !== 0) {
      add(value);
      run--;
    }
    while (run >= (value === 0 ? 11 : 3)) {
      const taken = Math.min(run, value === 0 ? 138 : 6);
      add(value === 0 ? 18 : 16, value === 0 ? 7 : 2);
      run -= taken;
    }
    if (value === 0 && run >= 3) add(17, 3);
    else for (; run > 0; run--) add(value);
  }
  const lengths = codeLengths(counts, 7);
  let listed = 19;
  while (listed > 4 && lengths[CODE_LENGTH_ORDER[listed - 1]!] === 0) listed--;
  return 14 + 3 * listed + total(counts, lengths) + extra;
}

/**
 * Lengths of a Huffman code of at most `longest` bits. Where the best code is longer, counts are halved until it fits, which costs
 * next to nothing and rarely happens.
 */
function codeLengths(counts: Int32Array, longest: number): Int32Array {
  const lengths = new Int32Array(counts.length);
  let weights = [...counts];
  for (;;) {
    if (huffman(weights, lengths) <= longest) return lengths;
    weights = weights.map((n) => (n > 0 ? (n >> 1) + 1 : 0));
  }
}

/** Fills in the lengths and returns the greatest. Two queues: leaves by weight, and trees in the order in which they are made. */
function huffman(counts: readonly number[], lengths: Int32Array): number {
  const leaves = counts.flatMap((n, code) => (n > 0 ? [code] : []));
  leaves.sort((a, b) => counts[a]! - counts[b]! || a - b);
  lengths.fill(0);
  if (leaves.length === 0) return 0;
  if (leaves.length === 1) {
    lengths[leaves[0]!] = 1;
    return 1;
  }
  const n = leaves.length;
  const weight = leaves.map((code) => counts[code]!);
  const parent = new Int32Array(2 * n - 1);
  let [leaf, tree] = [0, n];
  const take = (): number =>
    leaf < n && (tree >= weight.length || weight[leaf]! <= weight[tree]!) ? leaf++ : tree++;
  for (let made = n; made < 2 * n - 1; made++) {
    const a = take();
    const b = take();
    parent[a] = parent[b] = made;
    weight.push(weight[a]! + weight[b]!);
  }
  const depth = new Int32Array(2 * n - 1);
  let greatest = 0;
  for (let node = 2 * n - 3; node >= 0; node--) {
    depth[node] = depth[parent[node]!]! + 1;
    if (node >= n) continue;
    lengths[leaves[node]!] = depth[node]!;
    greatest = Math.max(greatest, depth[node]!);
  }
  return greatest;
}
