import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../core/random.ts';
import { cosine } from './encoder.ts';
import { Neighbours } from './neighbours.ts';

const DIMENSIONS = 128;
const unit = (v: Float32Array): Float32Array => v.map((x) => x / Math.sqrt(cosine(v, v)));

/** Vectors in a handful of clusters, so that many lie near each other. */
function clustered(seed: number, count: number, dimensions = DIMENSIONS): Float32Array[] {
  const random = new RandomStream(seed, 'vectors');
  const noise = () => Float32Array.from({ length: dimensions }, () => random.uniform() - 0.5);
  const centres = Array.from({ length: 5 }, noise);
  return Array.from({ length: count }, () => {
    const centre = centres[random.below(centres.length)]!;
    const amount = random.uniform() * 1.5;
    const other = noise();
    return unit(centre.map((x, i) => x + amount * other[i]!));
  });
}

const axis = (i: number): Float32Array => new Float32Array(DIMENSIONS).fill(1, i, i + 1);

describe('neighbours', () => {
  it('finds the same vector, and nothing at a right angle', () => {
    const index = new Neighbours(DIMENSIONS);
    const first = index.insert(axis(0));
    index.insert(axis(1));
    expect(index.search(axis(0), { minSimilarity: 0.5, limit: 5 })).toEqual([{ id: first, similarity: 1 }]);
    expect(index.search(axis(2), { minSimilarity: 0.5, limit: 5 })).toEqual([]);
  });

  it('puts the most similar first, among equals the older, and stops at the limit', () => {
    const index = new Neighbours(DIMENSIONS);
    const between = unit(axis(0).map((x, i) => x + 0.5 * axis(1)[i]!));
    const [a, b, c] = [index.insert(between), index.insert(axis(0)), index.insert(axis(0))];
    const ids = (limit: number) => index.search(axis(0), { minSimilarity: 0.5, limit }).map(({ id }) => id);
    expect(ids(5)).toEqual([b, c, a]);
    expect(ids(2)).toEqual([b, c]);
    expect(ids(0)).toEqual([]);
  });

  it('forgets what is removed, and never gives its id again', () => {
    const index = new Neighbours(DIMENSIONS);
    const id = index.insert(axis(0));
    expect(index.remove(id)).toBe(true);
    expect(index.remove(id)).toBe(false);
    expect(index.search(axis(0), { minSimilarity: 0.5, limit: 5 })).toEqual([]);
    expect(index.insert(axis(0))).not.toBe(id);
  });

  it('finds at least 99 of 100 that a full search finds, with the very same cosines', () => {
    let wanted = 0;
    let found = 0;
    for (const minSimilarity of [0.65, 0.75, 0.9]) {
      const vectors = clustered(7, 3_000, 512);
      const index = new Neighbours(512);
      vectors.forEach((vector) => index.insert(vector));
      for (const query of clustered(8, 30, 512).concat(vectors.slice(0, 30))) {
        const full = vectors
          .map((vector, id) => ({ id, similarity: cosine(query, vector) }))
          .filter(({ similarity }) => similarity >= minSimilarity);
        const near = index.search(query, { minSimilarity, limit: vectors.length });
        const byId = new Map(full.map(({ id, similarity }) => [id, similarity]));
        for (const { id, similarity } of near) expect(similarity).toBe(byId.get(id));
        wanted += full.length;
        found += near.length;
      }
    }
    expect(wanted).toBeGreaterThan(1_000);
    expect(found / wanted).toBeGreaterThan(0.99);
  });

  it('holds under any order of inserts and removals what a list would hold', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(40)), { maxLength: 80 }), (steps) => {
        const vectors = clustered(3, 41);
        const index = new Neighbours(DIMENSIONS);
        const held = new Map<number, Float32Array>();
        for (const [insert, n] of steps) {
          const ids = [...held.keys()];
          if (insert) held.set(index.insert(vectors[n]!), vectors[n]!);
          else if (ids.length > 0) {
            const id = ids[n % ids.length]!;
            expect(index.remove(id)).toBe(true);
            held.delete(id);
          }
        }
        expect(index.size).toBe(held.size);
        for (const [id, vector] of held) {
          const near = index.search(vector, { minSimilarity: 0.999, limit: 100 });
          expect(near.map((neighbour) => neighbour.id)).toContain(id);
        }
      }),
      { numRuns: 40 },
    ));

  it('refuses vectors of another length', () => {
    expect(() => new Neighbours(100)).toThrow('multiples of 128');
    expect(() => new Neighbours(DIMENSIONS).insert(new Float32Array(5))).toThrow(
      'expected 128 dimensions, got 5',
    );
  });
});
