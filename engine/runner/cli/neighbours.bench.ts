/**
 * How fast a search among 50,000 entries is, and what it misses: node --import tsx engine/runner/cli/neighbours.bench.ts
 * Vectors of two kinds: spread evenly, where nothing can be learnt from the data; and in a cone of topics, as texts lie.
 */
import { RandomStream } from '../../core/random.ts';
import { cosine } from '../../cache/semantic/encoder.ts';
import { Neighbours } from '../../cache/semantic/neighbours.ts';

const ENTRIES = 50_000;
const DIMENSIONS = 512;
const QUERIES = 100;
const LIMIT = 8;

const random = new RandomStream(1, 'bench');
/** Sum of twelve uniform numbers: near enough to a normal one. */
const normal = (): number => {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.uniform();
  return sum;
};
const noise = (): Float32Array => unit(Float32Array.from({ length: DIMENSIONS }, normal));
const unit = (v: Float32Array): Float32Array => v.map((x) => x / Math.sqrt(cosine(v, v)));
/** A unit vector whose cosine to `v` is about `similarity`. */
const near = (v: Float32Array, similarity: number): Float32Array => {
  const other = noise();
  const side = Math.sqrt(1 - similarity * similarity);
  return unit(v.map((x, i) => similarity * x + side * other[i]!));
};

const kinds: Record<string, () => Float32Array> = {
  even: noise,
  topics: (() => {
    const centre = noise();
    const topics = Array.from({ length: 500 }, () => near(centre, 0.4));
    return () => near(topics[random.below(topics.length)]!, 0.9);
  })(),
};

for (const [kind, make] of Object.entries(kinds))
  for (const minSimilarity of [0.6, 0.75, 0.85]) {
    const index = new Neighbours(DIMENSIONS);
    const vectors = Array.from({ length: ENTRIES }, make);
    const started = performance.now();
    for (const vector of vectors) index.insert(vector);
    const insertMs = (performance.now() - started) / ENTRIES;
    const queries = Array.from({ length: QUERIES }, () =>
      near(vectors[random.below(ENTRIES)]!, minSimilarity + random.uniform() * (1 - minSimilarity)),
    );
    const options = { minSimilarity, limit: LIMIT };
    for (const query of queries.slice(0, 20)) index.search(query, options); // lets the compiler see it first
    const times: number[] = [];
    const answers = queries.map((query) => {
      const before = performance.now();
      const answer = index.search(query, options);
      times.push(performance.now() - before);
      return answer;
    });
    let wanted = 0;
    let found = 0;
    answers.forEach((answer, q) => {
      const ids = new Set(answer.map(({ id }) => id));
      const full = vectors
        .map((vector, id) => ({ id, similarity: cosine(vector, queries[q]!) }))
        .filter(({ similarity }) => similarity >= minSimilarity)
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, LIMIT);
      wanted += full.length;
      found += full.filter(({ id }) => ids.has(id)).length;
    });
    times.sort((a, b) => a - b);
    const at = (share: number): string => times[Math.floor(share * times.length)]!.toFixed(2);
    console.log(
      `${kind}, at least ${minSimilarity}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, recall ${(found / wanted).toFixed(4)} of ${wanted}, insert ${insertMs.toFixed(4)} ms`,
    );
  }
