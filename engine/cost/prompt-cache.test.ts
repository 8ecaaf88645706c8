import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import {
  agentKey,
  breakEvenReuses,
  conversationKey,
  inputCost,
  promptCacheSchema,
  PromptCaches,
  switchingCost,
  type InputRates,
} from './prompt-cache.ts';
import { someTask } from './rules/testing.ts';
import { parseSelection, pick, select, type Candidate } from './selection.ts';
import type { Task } from './task.ts';

const caches = (settings: Record<string, unknown> = {}): PromptCaches =>
  new PromptCaches(parse(promptCacheSchema, settings, 'promptCache'));

describe('a prompt cache', () => {
  it('reads what an earlier call of the conversation left, and writes the rest', () => {
    const cache = caches();
    expect(cache.split(1, 0, 0, 3000, 0)).toEqual({ cachedTokens: 0, writeTokens: 3000 });
    cache.note(1, 0, 3000, 0);
    expect(cache.split(1, 0, 3200, 3500, 1000)).toEqual({ cachedTokens: 3000, writeTokens: 500 });
    // Another model and another conversation know nothing of it.
    expect(cache.split(1, 1, 3200, 3500, 1000).cachedTokens).toBe(0);
    expect(cache.split(2, 0, 3200, 3500, 1000).cachedTokens).toBe(0);
    // Only what is the same as before can be read.
    expect(cache.split(1, 0, 2000, 3500, 1000)).toEqual({ cachedTokens: 2000, writeTokens: 1500 });
    expect(cache.split(-1, 0, 2000, 3500, 1000)).toEqual({ cachedTokens: 0, writeTokens: 0 });
  });

  it('forgets five minutes after the last use, not after the first', () => {
    const cache = caches();
    cache.note(1, 0, 2000, 0);
    expect(cache.warmTokens(1, 0, 299_999)).toBe(2000);
    expect(cache.warmTokens(1, 0, 300_000)).toBe(0);
    cache.note(1, 0, 2000, 200_000);
    expect(cache.warmTokens(1, 0, 499_999)).toBe(2000);
    expect(cache.warmTokens(1, 0, 500_000)).toBe(0);
  });

  it('keeps nothing shorter than the minimum of the model', () => {
    const cache = caches({ minTokens: [2048] });
    cache.note(1, 0, 2047, 0);
    cache.note(2, 0, 2048, 0);
    cache.note(1, 1, 1024, 0);
    expect([1, 2].map((key) => cache.warmTokens(key, 0, 1))).toEqual([0, 2048]);
    expect(cache.warmTokens(1, 1, 1)).toBe(1024);
    expect(cache.split(2, 0, 2000, 5000, 1)).toEqual({ cachedTokens: 0, writeTokens: 5000 });
    expect(cache.split(3, 0, 0, 2000, 1)).toEqual({ cachedTokens: 0, writeTokens: 0 });
  });

  it('counts in blocks where the provider does', () => {
    const cache = caches({ blockTokens: 128 });
    cache.note(1, 0, 2000, 0);
    expect(cache.split(1, 0, 2000, 2500, 1)).toEqual({ cachedTokens: 1920, writeTokens: 512 });
  });

  it('writes no more than is worth keeping', () => {
    const cache = caches();
    expect(cache.split(1, 0, 0, 9000, 0, 3000)).toEqual({ cachedTokens: 0, writeTokens: 3000 });
    cache.note(1, 0, 3000, 0);
    expect(cache.split(1, 0, 3000, 9000, 1, 3000)).toEqual({ cachedTokens: 3000, writeTokens: 0 });
  });

  it('lets a new conversation read the prefix of its agent type', () => {
    const cache = caches();
    const turn = (changes: Partial<Task>): Task => ({ ...someTask, prefixTokens: 2000, ...changes });
    const first = turn({ session: 0, inputTokens: 5000, repeatedTokens: 2000 });
    expect(cache.splitTask(first, 0, 0, 0)).toEqual({ cachedTokens: 0, writeTokens: 5000 });
    cache.noteTask(first, 0, 0, 0);
    const next = turn({ session: 0, inputTokens: 6000, repeatedTokens: 5400 });
    expect(cache.splitTask(next, 0, 0, 1)).toEqual({ cachedTokens: 5000, writeTokens: 1000 });
    const other = turn({ session: 1, inputTokens: 4000, repeatedTokens: 2000 });
    expect(cache.splitTask(other, 0, 0, 1)).toEqual({ cachedTokens: 2000, writeTokens: 2000 });
    expect(cache.splitTask(other, 1, 0, 1)).toEqual({ cachedTokens: 0, writeTokens: 4000 });
    const alone = turn({ session: -1, inputTokens: 4000, repeatedTokens: 2000 });
    expect(cache.splitTask(alone, 0, 0, 1)).toEqual({ cachedTokens: 2000, writeTokens: 0 });
    expect(cache.splitTask(alone, 1, 0, 1)).toEqual({ cachedTokens: 0, writeTokens: 2000 });
    expect(conversationKey(0)).not.toBe(agentKey(0));
  });

  it('clears away what has expired, and holds no more than its limit', () => {
    const cache = caches({ maxEntries: 3 });
    for (let key = 0; key < 5; key++) cache.note(key, 0, 2000, key);
    expect(cache.size).toBe(3);
    expect([0, 1, 2, 3, 4].map((key) => cache.warmTokens(key, 0, 5))).toEqual([0, 0, 2000, 2000, 2000]);
    cache.note(2, 0, 2000, 6); // used again: the next to go is 3
    cache.note(9, 0, 2000, 7);
    expect([2, 3].map((key) => cache.warmTokens(key, 0, 8))).toEqual([2000, 0]);
    cache.note(10, 0, 2000, 1_000_000);
    expect(cache.size).toBe(1);
  });

  it('takes a clock that goes back', () => {
    const cache = caches();
    cache.note(1, 0, 2000, 100_000);
    cache.note(1, 0, 2000, 50_000);
    expect(cache.warmTokens(1, 0, 399_999)).toBe(2000);
  });

  it('agrees with a list of all calls, for any calls', () => {
    const call = fc.record({
      key: fc.integer({ min: -1, max: 3 }),
      model: fc.integer({ min: 0, max: 2 }),
      tokens: fc.integer({ min: 0, max: 5000 }),
      afterMs: fc.integer({ min: 0, max: 200_000 }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), (list) => {
        const cache = caches({ minTokens: [1000, 2000, 0] });
        const done: { key: number; model: number; tokens: number; atMs: number }[] = [];
        let nowMs = 0;
        for (const { key, model, tokens, afterMs } of list) {
          nowMs += afterMs;
          const kept = done.findLast((d) => d.key === key && d.model === model);
          const warm = kept !== undefined && nowMs - kept.atMs < 300_000 ? kept.tokens : 0;
          expect(cache.warmTokens(key, model, nowMs)).toBe(warm);
          const { cachedTokens, writeTokens } = cache.split(key, model, tokens, tokens, nowMs);
          expect(cachedTokens).toBeLessThanOrEqual(Math.min(warm, tokens));
          expect(cachedTokens + writeTokens).toBeLessThanOrEqual(tokens);
          cache.note(key, model, tokens, nowMs);
          if (key >= 0 && tokens > 0 && tokens >= [1000, 2000, 0][model]!)
            done.push({ key, model, tokens, atMs: nowMs });
        }
      }),
    );
  });

  it.each([
    [
      () => caches().split(1, 0, -1, 5, 0),
      'repeatedTokens: expected a number of tokens of 0 or more, got -1',
    ],
    [() => caches().split(1, 0, 0, NaN, 0), 'inputTokens'],
    [() => caches().split(1, 0, 0, 5, 0, -5), 'keepTokens'],
    [() => caches().note(1, 0, Infinity, 0), 'tokens'],
    [() => caches().note(NaN, 0, 2000, 0), 'key: expected a whole number, got NaN'],
    [() => caches().note(1, -1, 2000, 0), 'model'],
    [() => caches().note(1, 1024, 2000, 0), 'model: expected the place of a model, 0 to 1023, got 1024'],
    [() => caches({ ttlMs: 0 }), 'ttlMs: expected a time above 0, got 0'],
    [() => caches({ minTokens: [-1] }), 'minTokens.0: expected a whole number of 0 or more'],
    [() => caches({ blockTokens: 0 }), 'blockTokens'],
  ])('refuses bad input: %s', (act, message) => {
    expect(act).toThrow(InputError);
    expect(act).toThrow(message);
  });
});

describe('what caching pays', () => {
  it('one reuse of a 5-minute write, two of an hour', () => {
    expect(breakEvenReuses(1.25, 0.1)).toBeCloseTo(0.278, 3);
    expect(breakEvenReuses(2, 0.1)).toBeCloseTo(1.11, 2);
    expect(breakEvenReuses(1, 0.5)).toBe(0);
    expect(breakEvenReuses(1.25, 1)).toBe(Infinity);
  });

  it('is where the bills cross', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.integer({ min: 0, max: 40 }),
        (write, read, reuses) => {
          const edge = breakEvenReuses(write, read);
          fc.pre(Math.abs(reuses - edge) > 1e-6);
          expect(write + reuses * read < 1 + reuses).toBe(reuses > edge);
        },
      ),
    );
  });
});

// Dollars for a million tokens are pico-dollars a token divided by a million.
const rates = (input: number, read: number, write: number): InputRates => ({
  input: input * 1e6,
  cacheRead: read * 1e6,
  cacheWrite: write * 1e6,
});
const LARGE = {
  name: 'large',
  rates: rates(3, 0.3, 3.75),
  output: 15e6,
  accuracy: 0.98,
  quality: 0.95,
  meanMs: 2000,
};
const SMALL = {
  name: 'small',
  rates: rates(1, 0.1, 1.25),
  output: 5e6,
  accuracy: 0.93,
  quality: 0.85,
  meanMs: 1000,
};
const MODELS = [LARGE, SMALL];
const TTL_MS = 300_000;

/** The models for a turn, with costs as the provider will bill them, or by list price. */
function candidates(cache: PromptCaches, turn: Task, nowMs: number, aware: boolean): Candidate[] {
  return MODELS.map(({ name, rates: r, output, accuracy, quality, meanMs }, model) => {
    const split = aware ? cache.splitTask(turn, 0, model, nowMs) : { cachedTokens: 0, writeTokens: 0 };
    const answer = (tokens: number): number => tokens * output;
    const input = inputCost(r, turn.inputTokens, split);
    return {
      name,
      accuracy,
      quality,
      meanMs,
      costPico: input + answer(turn.expectedOutputTokens),
      worstPico: input + answer(turn.maxOutputTokens),
    };
  });
}

describe('leaving a warm model', () => {
  it('costs the plain input on the new one less the cached input on the old', () => {
    const warm = { rates: LARGE.rates, split: { cachedTokens: 50_000, writeTokens: 1000 } };
    const cold = { rates: SMALL.rates, split: { cachedTokens: 0, writeTokens: 0 } };
    // 51,000 × $1 − (50,000 × $0.30 + 1,000 × $3.75), for a million
    expect(switchingCost(51_000, warm, cold)).toBe(51_000e6 - 18_750e6);
    const short = { rates: LARGE.rates, split: { cachedTokens: 0, writeTokens: 0 } };
    expect(switchingCost(600, short, cold)).toBe(600e6 - 1800e6);
  });

  const turnOf = (inputTokens: number, repeatedTokens: number, minAccuracy = 0.9): Task => ({
    ...someTask,
    session: 4,
    inputTokens,
    repeatedTokens,
    expectedOutputTokens: 300,
    maxOutputTokens: 1000,
    minAccuracy,
    maxLatencyMs: 10_000,
  });

  it.each([
    [51_000, 50_000, true, 'large'], // long: the warm, dearer model is the cheaper call
    [51_000, 50_000, false, 'small'],
    [900, 700, true, 'small'], // too short to have been cached
    [900, 700, false, 'small'],
  ])('%d tokens of which %d were sent before, cache in view %s: %s', (input, repeated, aware, name) => {
    const cache = caches();
    cache.noteTask(turnOf(repeated, 0), 0, 0, 0);
    const turn = turnOf(input, repeated);
    expect(select(turn, candidates(cache, turn, 60_000, aware), parseSelection({})).name).toBe(name);
  });

  /**
   * A conversation with a turn a minute: eleven hard ones for the large model, then an easy one that both can answer, and so on.
   * By then the small model has forgotten the conversation.
   */
  function conversation(aware: boolean): { bill: number; easyOnSmall: number } {
    const cache = caches({ ttlMs: TTL_MS });
    let [bill, easyOnSmall, sent] = [0, 0, 0];
    for (let i = 0; i < 48; i++) {
      const nowMs = i * 60_000;
      const hard = i % 12 !== 11;
      const turn = turnOf(sent + 2000, sent, hard ? 0.97 : 0.9);
      const model = pick(turn, candidates(cache, turn, nowMs, aware), parseSelection({}));
      bill += candidates(cache, turn, nowMs, true)[model]!.costPico;
      if (!hard && model === 1) easyOnSmall++;
      cache.noteTask(turn, 0, model, nowMs);
      sent += 2000 + 300;
    }
    return { bill, easyOnSmall };
  }

  it('by list price costs more over a whole conversation', () => {
    const [aware, blind] = [conversation(true), conversation(false)];
    expect(aware.easyOnSmall).toBe(0);
    expect(blind.easyOnSmall).toBe(4);
    expect(blind.bill).toBeGreaterThan(aware.bill * 1.05);
  });
});
