/** What draws random numbers. */
export interface RandomSource {
  /** Uniform 32-bit integer in [0, 2^32). */
  uint32(): number;
  /** Uniform in the open interval (0, 1). */
  uniform(): number;
  /** Uniform integer in [0, bound) for 1 <= bound <= 2^24. */
  below(bound: number): number;
}

/**
 * Seeded random streams: xoshiro128** (Blackman and Vigna 2018), one stream for each purpose.
 *
 * A purpose is a name ("arrivals", "service:pool"). Streams of different purposes are independent, so a lever that makes
 * the simulation draw more service times does not reshuffle who arrives when: runs stay comparable request by request.
 */
export class RandomStream implements RandomSource {
  private s0: number;
  private s1: number;
  private s2: number;
  private s3: number;

  /** @param seed any integer; @param purpose what the numbers are for; the same pair gives the same numbers everywhere. */
  constructor(seed: number, purpose: string) {
    let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(Math.floor(seed / 4294967296), 0xc2b2ae35);
    for (let i = 0; i < purpose.length; i++)
      h = Math.imul((h ^ purpose.charCodeAt(i)) >>> 0, 0x01000193) ^ (h >>> 15);
    const next = (): number => {
      h = (h + 0x9e3779b9) | 0; // splitmix32 spreads the hash over the four words of state
      let t = h ^ (h >>> 16);
      t = Math.imul(t, 0x21f0aaad);
      t ^= t >>> 15;
      t = Math.imul(t, 0x735a2d97);
      return t ^ (t >>> 15);
    };
    this.s0 = next();
    this.s1 = next();
    this.s2 = next();
    this.s3 = next() | 1; // never all zero
  }

  /** Uniform 32-bit integer in [0, 2^32). */
  uint32(): number {
    const scrambled = Math.imul(this.s1, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = this.s1 << 9;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= t;
    this.s3 = (this.s3 << 11) | (this.s3 >>> 21);
    return result;
  }

  /** Uniform in the open interval (0, 1): never 0, so its logarithm is finite. */
  uniform(): number {
    return (this.uint32() + 0.5) * 2.3283064365386963e-10;
  }

  /** The same numbers as so many calls of `uniform`, at a third of the price: the state stays in registers. */
  uniforms(out: Float64Array): void {
    let { s0, s1, s2, s3 } = this;
    for (let i = 0; i < out.length; i++) {
      const scrambled = Math.imul(s1, 5);
      out[i] = ((Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0) + 0.5) * 2.3283064365386963e-10;
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
  }

  /** The same numbers as `count` calls of `uint32`. */
  uint32s(out: Uint32Array, count: number): void {
    let { s0, s1, s2, s3 } = this;
    for (let i = 0; i < count; i++) {
      const scrambled = Math.imul(s1, 5);
      out[i] = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
  }

  /** Uniform integer in [0, bound) for 1 <= bound <= 2^24 (bias below bound / 2^32). */
  below(bound: number): number {
    return Math.floor(this.uint32() * 2.3283064365386963e-10 * bound);
  }
}

/**
 * Random numbers by place instead of by order: after `at(subject, step)` it draws the same numbers whenever that place is come to. What a
 * conversation says thus does not depend on what other conversations did before: splitmix32 from a hash of the place.
 */
export class PlacedStream implements RandomSource {
  private readonly base: number;
  private state = 0;

  /** @param seed any integer; @param purpose what the numbers are for. */
  constructor(seed: number, purpose: string) {
    this.base = new RandomStream(seed, purpose).uint32();
  }

  /** @param subject, step whole numbers of 0 or more, below 2^32. */
  at(subject: number, step: number): this {
    this.state = mix32(mix32(this.base ^ subject) + Math.imul(step + 1, 0x9e3779b9));
    return this;
  }

  uint32(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    return mix32(this.state) >>> 0;
  }

  uniform(): number {
    return (this.uint32() + 0.5) * 2.3283064365386963e-10;
  }

  below(bound: number): number {
    return Math.floor(this.uint32() * 2.3283064365386963e-10 * bound);
  }
}

/** Every bit of the result depends on every bit of h (constants of Wellons' hash prospector). */
function mix32(h: number): number {
  let t = h ^ (h >>> 16);
  t = Math.imul(t, 0x21f0aaad);
  t ^= t >>> 15;
  t = Math.imul(t, 0x735a2d97);
  return t ^ (t >>> 15);
}
