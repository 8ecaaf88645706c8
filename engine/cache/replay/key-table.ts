/**
 * Numbers keys 0, 1, 2 … in the order in which they first appear. Whole numbers up to 64 bits live in a hash table of typed arrays,
 * all other keys in a Map of strings; a number and a string never meet, since a string that is written as a number in the plain
 * way is taken as one.
 */
export class KeyTable {
  /** [low word, high word] of each place. */
  private words = new Int32Array(2 * 1024);
  /** Id + 1; 0 marks a free place. */
  private ids = new Int32Array(1024);
  private mask = 1023;
  private numbers = 0;
  private readonly strings = new Map<string, number>();

  /** Keys seen so far. */
  get size(): number {
    return this.numbers + this.strings.size;
  }

  /** @param value a whole number, 0 <= value < 2^53. */
  ofNumber(value: number): number {
    return this.ofWords(value | 0, (value / 4294967296) | 0);
  }

  /** A 64-bit integer as two 32-bit ones. */
  ofWords(low: number, high: number): number {
    const { words, ids, mask } = this;
    let i = hash(low, high) & mask;
    for (let id = ids[i]; id !== 0; id = ids[i]) {
      if (words[2 * i] === low && words[2 * i + 1] === high) return id - 1;
      i = (i + 1) & mask;
    }
    const id = this.size;
    words[2 * i] = low;
    words[2 * i + 1] = high;
    ids[i] = id + 1;
    if (++this.numbers * 2 > mask) this.grow();
    return id;
  }

  ofString(text: string): number {
    let id = this.strings.get(text);
    if (id === undefined) this.strings.set(text, (id = this.size));
    return id;
  }

  private grow(): void {
    const { words, ids } = this;
    const places = ids.length * 2;
    const mask = places - 1;
    const moreWords = new Int32Array(2 * places);
    const moreIds = new Int32Array(places);
    for (let from = 0; from < ids.length; from++) {
      if (ids[from] === 0) continue;
      const low = words[2 * from];
      const high = words[2 * from + 1];
      let i = hash(low, high) & mask;
      while (moreIds[i] !== 0) i = (i + 1) & mask;
      moreWords[2 * i] = low;
      moreWords[2 * i + 1] = high;
      moreIds[i] = ids[from];
    }
    this.words = moreWords;
    this.ids = moreIds;
    this.mask = mask;
  }
}

function hash(low: number, high: number): number {
  let x = low ^ Math.imul(high, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
