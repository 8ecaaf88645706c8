/**
 * Content hash for fingerprints: two 32-bit multiply-rotate lanes with a murmur3 finish, 64 bits in all.
 * It guards against accidents, not against forgery. Integer arithmetic only, so it is equal in every engine.
 */
export class ContentHash {
  private a = 0x9e3779b9 | 0;
  private b = 0x85ebca6b | 0;
  private words = 0;

  word(w: number): void {
    this.a = Math.imul(this.a ^ w, 0xcc9e2d51);
    this.a = (this.a << 15) | (this.a >>> 17);
    this.b = Math.imul((this.b + w) | 0, 0x1b873593);
    this.b = (this.b << 13) | (this.b >>> 19);
    this.b ^= this.a;
    this.words++;
  }

  text(s: string): void {
    this.word(s.length);
    for (let i = 0; i < s.length; i++) this.word(s.charCodeAt(i));
  }

  /** The bits of doubles, low word first. NaN is hashed as one value, whatever its payload. */
  doubles(values: ArrayLike<number>): void {
    const view = new DataView(new ArrayBuffer(8));
    this.word(values.length);
    for (let i = 0; i < values.length; i++) {
      const v = values[i]!;
      view.setFloat64(0, v === v ? v + 0 : NaN, true);
      this.word(v === v ? view.getInt32(0, true) : -1);
      this.word(v === v ? view.getInt32(4, true) : -1);
    }
  }

  /** Sixteen hexadecimal digits. */
  digest(): string {
    const finish = (h: number): string => {
      h ^= this.words;
      h ^= h >>> 16;
      h = Math.imul(h, 0x85ebca6b);
      h ^= h >>> 13;
      h = Math.imul(h, 0xc2b2ae35);
      h ^= h >>> 16;
      return (h >>> 0).toString(16).padStart(8, '0');
    };
    return finish(this.a) + finish(this.b);
  }
}
