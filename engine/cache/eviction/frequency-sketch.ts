/**
 * Count-min sketch of four-bit counters with ageing: Einziger, Friedman, Manes, "TinyLFU: A Highly Efficient Cache Admission
 * Policy", ACM ToS 2017, https://arxiv.org/abs/1512.00727; sizes and ageing as in Caffeine's FrequencySketch,
 * https://github.com/ben-manes/caffeine
 *
 * Sixteen counters for each entry of the cache, in four rows; a counter stops at 15. After ten counted uses for each entry
 * all counters are halved, so that what was popular once is forgotten.
 */
export class FrequencySketch {
  /** Eight four-bit counters a word. Sixteen words are a block: the four counters of a key lie in one cache line. */
  private readonly words: Int32Array;
  private readonly blockMask: number;
  private readonly sampleSize: number;
  private counted = 0;

  constructor(capacity: number) {
    let blocks = 1;
    while (blocks * 8 < capacity) blocks *= 2;
    this.blockMask = blocks - 1;
    this.words = new Int32Array(blocks * 16);
    this.sampleSize = Math.max(10, 10 * capacity);
  }

  /** How often the key was counted lately, 0 to 15; never too low but for ageing, at times too high. */
  frequency(key: number): number {
    const { words } = this;
    const block = spread(key);
    const base = (block & this.blockMask) << 4;
    const places = respread(block);
    let least = 15;
    for (let row = 0; row < 4; row++) {
      const place = (places >>> (row << 3)) & 31;
      const count = (words[base + (row << 2) + (place >>> 3)] >>> ((place & 7) << 2)) & 15;
      if (count < least) least = count;
    }
    return least;
  }

  count(key: number): void {
    const { words } = this;
    const block = spread(key);
    const base = (block & this.blockMask) << 4;
    const places = respread(block);
    let added = false;
    for (let row = 0; row < 4; row++) {
      const place = (places >>> (row << 3)) & 31;
      const word = base + (row << 2) + (place >>> 3);
      const shift = (place & 7) << 2;
      if (((words[word] >>> shift) & 15) < 15) {
        words[word] += 1 << shift;
        added = true;
      }
    }
    if (added && ++this.counted >= this.sampleSize) this.age();
  }

  clear(): void {
    this.words.fill(0);
    this.counted = 0;
  }

  private age(): void {
    const { words } = this;
    let odd = 0;
    for (let i = 0; i < words.length; i++) {
      for (let bits = words[i] & 0x11111111; bits !== 0; bits &= bits - 1) odd++;
      words[i] = (words[i] >>> 1) & 0x77777777;
    }
    // What halving rounded away was counted too; each use stands in four rows.
    this.counted = Math.floor((this.counted - Math.floor(odd / 4)) / 2);
  }
}

function spread(key: number): number {
  let x = key ^ (key >>> 17);
  x = Math.imul(x, 0xed5ad4bb);
  x ^= x >>> 11;
  x = Math.imul(x, 0xac4c1b51);
  return x ^ (x >>> 15);
}

function respread(x: number): number {
  x = Math.imul(x, 0x31848bab);
  return x ^ (x >>> 14);
}
