/** Search among vectors that lie as those of prompts do: what it takes, and what it misses of all that is there. */
import { cosine } from '../../../cache/semantic/encoder.ts';
import { Neighbours } from '../../../cache/semantic/neighbours.ts';
import { RandomStream } from '../../../core/random.ts';
import type { Case, CaseOptions, Row } from './case.ts';
import { spread } from './paired.ts';

const ENTRIES = 50_000;
const DIMENSIONS = 512;
const LIMIT = 8;
const TOPICS = 500;

/** Unit vectors: evenly spread, where nothing can be learnt from the data, and in a cone of topics, as texts lie. */
function vectorKinds(random: RandomStream) {
  /** Sum of twelve uniform numbers: near enough to a normal one. */
  const normal = (): number => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += random.uniform();
    return sum;
  };
  const unit = (v: Float32Array): Float32Array => {
    const length = Math.sqrt(cosine(v, v));
    return v.map((x) => x / length);
  };
  const even = (): Float32Array => unit(Float32Array.from({ length: DIMENSIONS }, normal));
  /** A unit vector whose cosine to `v` is about `similarity`. */
  const near = (v: Float32Array, similarity: number): Float32Array => {
    const other = even();
    const side = Math.sqrt(1 - similarity * similarity);
    return unit(v.map((x, i) => similarity * x + side * other[i]!));
  };
  const centre = even();
  const topics = Array.from({ length: TOPICS }, () => near(centre, 0.4));
  return { near, kinds: { even, topics: () => near(topics[random.below(TOPICS)]!, 0.9) } };
}

async function run({ quick, pairs }: CaseOptions): Promise<Row[]> {
  const entries = quick ? 2_000 : ENTRIES;
  const random = new RandomStream(1, 'bench');
  const { near, kinds } = vectorKinds(random);
  const rows: Row[] = [];
  for (const [kind, make] of Object.entries(kinds)) {
    const index = new Neighbours(DIMENSIONS);
    const vectors = Array.from({ length: entries }, make);
    for (const vector of vectors) index.insert(vector);
    for (const minSimilarity of [0.75, 0.85]) {
      const options = { minSimilarity, limit: LIMIT };
      const queries = Array.from({ length: 100 }, () =>
        near(vectors[random.below(entries)]!, minSimilarity + random.uniform() * (1 - minSimilarity)),
      );
      for (const query of queries) index.search(query, options); // lets the compiler see it first
      const p95s: number[] = [];
      for (let round = 0; round < pairs; round++) {
        const times = queries.map((query) => {
          const began = performance.now();
          index.search(query, options);
          return performance.now() - began;
        });
        p95s.push(times.sort((a, b) => a - b)[95]!);
      }
      const title = `${kind}, similarity of at least ${minSimilarity}`;
      const row = { peer: null, ratio: null };
      rows.push(
        { ...row, case: `p95, ${title}`, value: spread(p95s).median, unit: 'ms', target: '<= 5 ms' },
        {
          ...row,
          case: `recall, ${title}`,
          value: recallOf(index, vectors, queries, options),
          unit: 'of brute force',
          target: '>= 0.99 of brute force',
        },
      );
    }
  }
  return rows;
}

/** Share of what comparing with every vector finds. */
function recallOf(
  index: Neighbours,
  vectors: readonly Float32Array[],
  queries: readonly Float32Array[],
  options: { minSimilarity: number; limit: number },
): number {
  let wanted = 0;
  let found = 0;
  for (const query of queries) {
    const ids = new Set(index.search(query, options).map(({ id }) => id));
    const full = vectors
      .map((vector, id) => ({ id, similarity: cosine(vector, query) }))
      .filter(({ similarity }) => similarity >= options.minSimilarity)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, options.limit);
    wanted += full.length;
    found += full.filter(({ id }) => ids.has(id)).length;
  }
  return wanted === 0 ? 1 : found / wanted;
}

export const similarPrompts: Case = {
  name: 'similar-prompts',
  summary: `Search for similar prompts among ${ENTRIES} entries of ${DIMENSIONS} dimensions, the ${LIMIT} nearest.`,
  run,
};
