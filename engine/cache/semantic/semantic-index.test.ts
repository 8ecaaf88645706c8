import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS, type Embedding } from './encoder.ts';
import { explain, type Scope, SemanticIndex } from './semantic-index.ts';

const here: Scope = { tenant: 'ada', context: 'c1' };

/** A vector at this cosine to that of `at(1)`. */
function at(cosine: number, reliable = true): Embedding {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = cosine;
  vector[1] = Math.sqrt(1 - cosine * cosine);
  return { vector, reliable, tokens: 5 };
}

describe('semantic index', () => {
  it('takes the same words first, without any vector', () => {
    const index = new SemanticIndex();
    index.insert(here, 'k', 'What is DNA?', null);
    expect(index.find(here, ' what is  dna', null)).toEqual({
      hit: true,
      how: 'exact',
      key: 'k',
      prompt: 'What is DNA?',
      similarity: 1,
      considered: [],
    });
    expect(index.find(here, 'Explain DNA', null)).toMatchObject({ hit: false, why: 'not embedded' });
  });

  it('then the nearest that the guard lets pass, and shows whom it refused', () => {
    const index = new SemanticIndex();
    index.insert(here, 'close', 'How do I create a branch in git?', at(0.95));
    index.insert(here, 'right', 'How do I delete a branch in git?', at(0.8));
    const match = index.find(here, 'How can I remove a git branch?', at(1));
    expect(match).toMatchObject({ hit: true, how: 'similar', key: 'right' });
    expect(match.considered.map(({ key, verdict }) => [key, verdict.same])).toEqual([
      ['close', false],
      ['right', true],
    ]);
    expect(explain(match)).toBe('cosine 0.800, and the guard finds the same meaning');
  });

  it('says why there is no hit', () => {
    const index = new SemanticIndex();
    index.insert(here, 'k', 'List 5 names', at(0.9));
    expect(explain(index.find(here, 'List 50 names', at(1)))).toBe(
      'cosine 0.900, but the guard refuses: numbers (50 / 5)',
    );
    expect(index.find(here, 'List five names', at(-1))).toMatchObject({ hit: false, why: 'nothing near' });
    expect(index.find(here, 'List five names', at(1, false))).toMatchObject({
      hit: false,
      why: 'unreliable',
    });
  });

  it('finds an entry with an untrustworthy vector by its words only', () => {
    const index = new SemanticIndex();
    index.insert(here, 'k', 'Was ist das?', at(1, false));
    expect(index.find(here, 'was ist das', at(1, false))).toMatchObject({ hit: true, how: 'exact' });
    expect(index.find(here, 'Was ist dies?', at(1))).toMatchObject({ hit: false, why: 'nothing near' });
  });

  it('replaces and removes', () => {
    const index = new SemanticIndex();
    index.insert(here, 'k', 'What is DNA?', at(1));
    index.insert(here, 'k', 'What is RNA?', at(1));
    expect(index.size(here)).toBe(1);
    expect(index.findExact(here, 'what is dna')).toBe(undefined);
    index.insert(here, 'newer', 'what is rna', at(1));
    expect(index.remove(here, 'k')).toBe(true);
    expect(index.remove(here, 'k')).toBe(false);
    expect(index.findExact(here, 'What is RNA?')).toMatchObject({ key: 'newer' });
  });

  it('never finds anything of another tenant or context', () => {
    const names = fc.constantFrom('', 'a', 'b', 'a","b', '["a"', 'a:b', '\u0000');
    const scope = fc.record({ tenant: names, context: names });
    const prompt = fc.constantFrom('What is DNA?', 'Explain DNA', 'How do I sort a list?');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(scope, prompt), { maxLength: 12 }),
        scope,
        prompt,
        (entries, asked, text) => {
          const index = new SemanticIndex();
          entries.forEach(([where, stored], i) => index.insert(where, `${i}`, stored, at(1)));
          const match = index.find(asked, text, at(1));
          const keys = [...(match.hit ? [match.key] : []), ...match.considered.map(({ key }) => key)];
          for (const key of keys) expect(entries[Number(key)]![0]).toEqual(asked);
          const own = entries.some(
            ([where, stored]) =>
              where.tenant === asked.tenant && where.context === asked.context && stored === text,
          );
          if (own) expect(match.hit).toBe(true);
        },
      ),
    );
  });
});
