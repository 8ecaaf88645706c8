import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from './message.ts';
import { prune, pruneSettings } from './prune.ts';
import { byMarginalRelevance, cosine, relevance, relevanceScores, relevanceSettings } from './relevance.ts';

const vector = (...numbers: number[]): Float32Array => Float32Array.from(numbers);
const at = (atMs: number, ...numbers: number[]) => ({ vector: vector(...numbers), atMs });

describe('cosine', () => {
  it('is that of the angle, whatever the lengths', () => {
    expect(cosine(vector(1, 0), vector(5, 0))).toBe(1);
    expect(cosine(vector(1, 0), vector(0, 2))).toBe(0);
    expect(cosine(vector(1, 1), vector(-3, -3))).toBeCloseTo(-1, 12);
    expect(cosine(vector(3, 4), vector(4, 3))).toBeCloseTo(24 / 25, 12);
    expect(cosine(vector(0, 0), vector(1, 0))).toBe(0);
    expect(() => cosine(vector(1), vector(1, 2))).toThrow(
      'vector: expected 1 numbers, got 2. Use one encoder',
    );
  });
});

describe('relevance of messages', () => {
  const settings = relevanceSettings({ similarity: 3, recency: 1, halfLifeMs: 1000 });

  it('weighs likeness and recency', () => {
    const query = vector(1, 0);
    const [like, unlike, opposite, old, bare] = relevance(
      [at(5000, 1, 0), at(5000, 0, 1), at(5000, -1, 0), at(3000, 1, 0), { vector: null, atMs: 4000 }],
      query,
      5000,
      settings,
    );
    expect(like).toBeCloseTo(1, 12);
    expect(unlike).toBeCloseTo(0.25, 12);
    expect(opposite).toBeCloseTo(0.25, 12);
    expect(old).toBeCloseTo(0.75 + 0.25 / 4, 12); // two half-lives
    expect(bare).toBeCloseTo(0.25 / 2, 12);
  });

  it('puts off what says the same as something chosen', () => {
    const messages = [at(0, 1, 0.1), at(0, 1, 0.12), at(0, 0.8, -0.6), at(0, 0, 1)];
    const scores = relevance(messages, vector(1, 0), 0, relevanceSettings({ similarity: 1, recency: 0 }));
    expect(byMarginalRelevance(messages, scores, 1)).toEqual([0, 1, 2, 3]);
    expect(byMarginalRelevance(messages, scores, 0.5)).toEqual([0, 2, 1, 3]);
    expect(byMarginalRelevance(messages, scores, 0.3)).toEqual([0, 3, 2, 1]);
  });

  it('takes the newer one of equals, and knows nothing of messages without a vector', () => {
    const messages = [at(0, 1, 0), at(9, 1, 0), { vector: null, atMs: 3 }];
    expect(byMarginalRelevance(messages, [0.5, 0.5, 0.4], 0.5)).toEqual([1, 2, 0]);
    expect(byMarginalRelevance([], [], 0.5)).toEqual([]);
  });

  it('orders every message once, and gives scores above 0 that fall along the order', () => {
    const numbers = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(
        fc.array(numbers, { maxLength: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, diversity) => {
          const messages = list.map(([x, y], i) => at(i, x, y));
          const ids = list.map((_, i) => `m${i}`);
          const settings = relevanceSettings({ diversity });
          const scores = relevanceScores(ids, messages, vector(1, 2), list.length, settings);
          expect([...scores.keys()].sort()).toEqual([...ids].sort());
          const values = [...scores.values()];
          expect(values).toEqual([...values].sort((a, b) => b - a));
          for (const value of values) expect(value > 0 && value <= 1).toBe(true);
        },
      ),
    );
  });

  it('refuses weights that say nothing', () => {
    expect(() => relevanceSettings({ similarity: 0, recency: 0 })).toThrow(
      'weights of which at least one is above 0',
    );
    expect(() => relevanceSettings({ diversity: 2 })).toThrow('a number from 0 to 1');
  });
});

describe('pruning by relevance', () => {
  it('keeps what the question is about, however old, where age alone would drop it', () => {
    const talk: Message[] = ['refund policy', 'weather', 'football', 'lunch'].map((text, i) => ({
      id: `m${i}`,
      role: 'assistant',
      text,
      atMs: i * 1000,
    }));
    const question: Message = { id: 'q', role: 'user', text: 'and refunds?', atMs: 4000 };
    const vectors = [vector(1, 0), vector(0, 1), vector(0.1, 1), vector(-0.2, 1)];
    const scores = relevanceScores(
      talk.map(({ id }) => id),
      talk.map(({ atMs }, i) => ({ vector: vectors[i]!, atMs })),
      vector(0.9, 0.1),
      4000,
      relevanceSettings(),
    );
    const settings = pruneSettings({
      windowTokens: 10,
      perMessage: 0,
      perConversation: 0,
      order: 'score',
      oversize: 'refuse',
    });
    const { kept } = prune([...talk, question], settings, {
      count: () => 5,
      score: ({ id }) => scores.get(id) ?? 0,
    });
    expect(kept.map(({ id }) => id)).toEqual(['m0', 'q']);
  });
});

it('relevance alone is an order by score; ties go to the newer, then to the later', () => {
  const at = (atMs: number) => ({ vector: Float32Array.of(1, 0), atMs });
  const messages = [at(5), at(9), at(7), at(7), at(1)];
  expect(byMarginalRelevance(messages, [0.9, 0.2, 0.9, 0.9, 0.5], 1)).toEqual([3, 2, 0, 4, 1]);
});
