import { RandomStream } from '../../core/random.ts';
import { cosine } from './encoder.ts';

export interface Neighbour {
  /** As `insert` returned it. */
  readonly id: number;
  /** Cosine, computed exactly. */
  readonly similarity: number;
}

export interface SearchOptions {
  /** Neighbours below it aren't looked for. The higher, the faster. */
  readonly minSimilarity: number;
  /** At most so many, the most similar first. */
  readonly limit: number;
}

/** A signature is cut into blocks; after each, most entries are ruled out. */
const BLOCK_WORDS = 4;
const BLOCK_BITS = 32 * BLOCK_WORDS;
/**
 * Standard deviations by which the number of differing bits may lie above its mean before an entry is ruled out. Measured
 * on random vectors, fewer than one neighbour in a thousand is lost, right at the threshold; above it, fewer.
 */
const MARGIN = 3.3;

/**
 * The nearest of many unit vectors by cosine.
 *
 * Each vector has a signature: one bit for each dimension, the sign after a random rotation. The share of bits in which two
 * signatures differ estimates their angle (Charikar 2002, "Similarity estimation techniques from rounding algorithms").
 * A search runs over the signatures, 128 bits at a time, and computes the cosine only where the bits leave a chance for it:
 * for some hundred entries in 50,000. The rotation is a fixed one (signs and Walsh–Hadamard, twice), so that the same
 * entries always give the same answer.
 *
 * Insert and remove take constant time on average. Ids are never used twice.
 */
export class Neighbours {
  /** Dense columns: slot i has the i-th signature and vector; a removed slot is filled by the last one. */
  private signatures: Int32Array;
  private vectors: Float32Array;
  private ids: number[] = [];
  private readonly slots = new Map<number, number>();
  private nextId = 0;
  private readonly rotation: Rotation;
  private readonly words: number;

  /** @param dimensions a multiple of 128 */
  constructor(private readonly dimensions: number) {
    if (dimensions % BLOCK_BITS !== 0)
      throw new RangeError(
        `Neighbours: expected dimensions in multiples of ${BLOCK_BITS}, got ${dimensions}.`,
      );
    this.words = dimensions / 32;
    this.rotation = new Rotation(dimensions);
    this.signatures = new Int32Array(16 * this.words);
    this.vectors = new Float32Array(16 * dimensions);
  }

  get size(): number {
    return this.ids.length;
  }

  /**
   * @param vector of length 1; it is copied
   * @returns the entry's id
   */
  insert(vector: Float32Array): number {
    this.check(vector);
    const slot = this.ids.length;
    if (slot * this.dimensions === this.vectors.length) this.grow();
    this.vectors.set(vector, slot * this.dimensions);
    this.rotation.sign(vector, this.signatures, slot * this.words);
    const id = this.nextId++;
    this.ids.push(id);
    this.slots.set(id, slot);
    return id;
  }

  /** @returns false when there is no such entry */
  remove(id: number): boolean {
    const slot = this.slots.get(id);
    if (slot === undefined) return false;
    const last = this.ids.length - 1;
    const moved = this.ids.pop()!;
    this.slots.delete(id);
    if (slot !== last) {
      this.vectors.copyWithin(slot * this.dimensions, last * this.dimensions, (last + 1) * this.dimensions);
      this.signatures.copyWithin(slot * this.words, last * this.words, (last + 1) * this.words);
      this.ids[slot] = moved;
      this.slots.set(moved, slot);
    }
    return true;
  }

  /**
   * The entries most similar to `vector` (of length 1), and at least `minSimilarity`; among equals, the older first.
   */
  search(vector: Float32Array, { minSimilarity, limit }: SearchOptions): Neighbour[] {
    this.check(vector);
    const query = new Int32Array(this.words);
    this.rotation.sign(vector, query, 0);
    const bounds = differingBits(minSimilarity, this.words / BLOCK_WORDS);
    const found: Neighbour[] = [];
    for (let slot = 0; slot < this.ids.length; slot++) {
      if (!this.maybe(slot, query, bounds)) continue;
      const at = slot * this.dimensions;
      const similarity = cosine(vector, this.vectors.subarray(at, at + this.dimensions));
      if (similarity >= minSimilarity) keepBest(found, { id: this.ids[slot], similarity }, limit);
    }
    return found;
  }

  /** Whether the bits leave a chance that this entry is similar enough. */
  private maybe(slot: number, query: Int32Array, bounds: Int32Array): boolean {
    const { signatures } = this;
    let at = slot * this.words;
    let differing = 0;
    for (let block = 0, word = 0; block < bounds.length; block++, word += BLOCK_WORDS, at += BLOCK_WORDS) {
      differing += bitsOfFour(
        query[word] ^ signatures[at],
        query[word + 1] ^ signatures[at + 1],
        query[word + 2] ^ signatures[at + 2],
        query[word + 3] ^ signatures[at + 3],
      );
      if (differing > bounds[block]) return false;
    }
    return true;
  }

  private grow(): void {
    const vectors = new Float32Array(this.vectors.length * 2);
    vectors.set(this.vectors);
    this.vectors = vectors;
    const signatures = new Int32Array(this.signatures.length * 2);
    signatures.set(this.signatures);
    this.signatures = signatures;
  }

  private check(vector: Float32Array): void {
    if (vector.length !== this.dimensions)
      throw new RangeError(`Neighbours: expected ${this.dimensions} dimensions, got ${vector.length}.`);
  }
}

/** Keeps `found` sorted, best first, and no longer than `limit`. */
function keepBest(found: Neighbour[], candidate: Neighbour, limit: number): void {
  const before = (a: Neighbour, b: Neighbour): boolean =>
    a.similarity > b.similarity || (a.similarity === b.similarity && a.id < b.id);
  let at = found.length;
  while (at > 0 && before(candidate, found[at - 1])) at--;
  if (at >= limit) return;
  found.splice(at, 0, candidate);
  if (found.length > limit) found.pop();
}

/** How many bits are set in four words: sums in ever wider fields of the word (Warren, Hacker's Delight, 5-1). */
function bitsOfFour(a: number, b: number, c: number, d: number): number {
  a -= (a >>> 1) & 0x55555555;
  b -= (b >>> 1) & 0x55555555;
  c -= (c >>> 1) & 0x55555555;
  d -= (d >>> 1) & 0x55555555;
  const ab = (a & 0x33333333) + ((a >>> 2) & 0x33333333) + (b & 0x33333333) + ((b >>> 2) & 0x33333333);
  const cd = (c & 0x33333333) + ((c >>> 2) & 0x33333333) + (d & 0x33333333) + ((d >>> 2) & 0x33333333);
  const bytes = (ab & 0x0f0f0f0f) + ((ab >>> 4) & 0x0f0f0f0f) + (cd & 0x0f0f0f0f) + ((cd >>> 4) & 0x0f0f0f0f);
  return Math.imul(bytes, 0x01010101) >>> 24;
}

/** For each number of blocks, the most bits in which a vector of this cosine may differ. */
function differingBits(similarity: number, blocks: number): Int32Array {
  const share = arccosine(similarity) / Math.PI;
  return Int32Array.from({ length: blocks }, (_, i) => {
    const bits = BLOCK_BITS * (i + 1);
    return Math.ceil(bits * share + MARGIN * Math.sqrt(bits * share * (1 - share)));
  });
}

/** Abramowitz and Stegun 4.4.45, to 7e-5: equal in every JavaScript engine, which Math.acos isn't bound to be. */
function arccosine(x: number): number {
  const y = Math.min(1, Math.abs(x));
  const angle = Math.sqrt(1 - y) * (1.5707288 + y * (-0.2121144 + y * (0.074261 - y * 0.0187293)));
  return x < 0 ? Math.PI - angle : angle;
}

/** Turns vectors so that no dimension says more than another; then a sign is worth as much as the next. */
class Rotation {
  private readonly flips: Float64Array[];
  private readonly turned: Float64Array;

  constructor(private readonly dimensions: number) {
    const random = new RandomStream(0, 'neighbours');
    let size = 1;
    while (size < dimensions) size *= 2;
    this.turned = new Float64Array(size);
    this.flips = [0, 1].map(() =>
      Float64Array.from({ length: size }, () => (random.below(2) === 0 ? 1 : -1)),
    );
  }

  /** Writes one bit for each dimension. */
  sign(vector: Float32Array, bits: Int32Array, at: number): void {
    const { turned } = this;
    turned.fill(0);
    turned.set(vector);
    for (const flip of this.flips) {
      for (let i = 0; i < turned.length; i++) turned[i] *= flip[i];
      hadamard(turned);
    }
    for (let word = 0; word < this.dimensions / 32; word++) {
      let value = 0;
      for (let i = 0; i < 32; i++) if (turned[32 * word + i] < 0) value |= 1 << i;
      bits[at + word] = value;
    }
  }
}

/** The fast Walsh–Hadamard transform, in place, without its factor. */
function hadamard(x: Float64Array): void {
  for (let half = 1; half < x.length; half *= 2)
    for (let start = 0; start < x.length; start += 2 * half)
      for (let i = start; i < start + half; i++) {
        const a = x[i];
        const b = x[i + half];
        x[i] = a + b;
        x[i + half] = a - b;
      }
}
