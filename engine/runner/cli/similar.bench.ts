/** Precision and recall of the semantic lookup on the pairs of its tests: node --import tsx engine/runner/cli/similar.bench.ts */
import { HELD_OUT, type Pair, TUNE } from '../../cache/semantic/pairs.fixture.ts';
import { similarity } from '../../cache/semantic/semantic-index.ts';
import { openEncoderInNode } from './encoder.ts';

const encoder = await openEncoderInNode();

async function report(name: string, pairs: readonly Pair[]): Promise<void> {
  for (const threshold of [0.5, 0.6, 0.75, 0.85]) {
    let hits = 0;
    let right = 0;
    for (const { same, a, b } of pairs) {
      const [x, y] = [await encoder.embed(a), await encoder.embed(b)];
      if (!similarity({ prompt: a, embedding: x }, { prompt: b, embedding: y }, { threshold }).hit) continue;
      hits++;
      if (same) right++;
    }
    const wanted = pairs.filter(({ same }) => same).length;
    console.log(
      `${name}, threshold ${threshold}: ${wanted} same, ${pairs.length - wanted} other; precision ${(right / hits).toFixed(3)}, recall ${(right / wanted).toFixed(3)}`,
    );
  }
}

await report('tuned on', TUNE);
await report('held out', HELD_OUT);
const started = performance.now();
for (const { a } of HELD_OUT) await encoder.embed(a);
console.log(`one vector: ${((performance.now() - started) / HELD_OUT.length).toFixed(1)} ms`);
