import { describe, expect, it } from 'vitest';
import type { Message } from '../../engine/latency/context/message.ts';
import { sampleConversation } from '../../engine/latency/context/samples.ts';
import { finish, type Steps } from '../../engine/latency/context/steps.ts';
import { compression, queryOf, ROUNDS, runSteps } from './context-run.ts';
import { DEFAULT_SETTINGS } from './context-settings.ts';
import { inSlices } from './context-slices.ts';
import { Vectors } from './context-vectors.ts';

const support = sampleConversation({ kind: 'support', exchanges: 30, seed: 8 });
const run = (messages: readonly Message[], change = {}) =>
  finish(runSteps(messages, { ...DEFAULT_SETTINGS, ...change }, new Map()));

describe('three rules over one conversation', () => {
  it('the module’s loses all that is important and old, and may not fit; the others keep it, and fit', () => {
    const { rules, rows } = run(support);
    const lost = [...rules.printed.verdicts.values()].filter((v) => v.fate === 'dropped' && v.why === 'lost');
    expect(lost.length).toBeGreaterThan(2);
    expect(rules.printed.importantLost).toBe(lost.length);
    expect(rules.printed.sent).toBe(50);
    expect(rules.budget).toMatchObject({ importantLost: 0, overWindow: false });
    expect(rules.relevance.overWindow).toBe(false);
    expect(rules.budget.tokens).toBeLessThanOrEqual(4096);
    expect(rows).toHaveLength(support.length);
    const tight = run(support, { windowTokens: 300 });
    expect(tight.rules.printed.overWindow).toBe(true);
    expect(tight.rules.printed.tokens).toBe(rules.printed.tokens);
  });

  it('relevance follows the question that is asked', () => {
    const say = (id: string, text: string): Message => ({ id, role: 'user', text, atMs: 0 });
    const messages = [
      ...Array.from({ length: 12 }, (_, i) => say(`w${i}`, `the weather on day ${i} was warm and dry`)),
      say('pump', 'the blue pump is broken and leaks oil'),
      say('last', 'so what now'),
    ];
    const change = { windowTokens: 40, query: 'which pump leaks oil', repeats: false };
    const { rules, rows, query } = run(messages, change);
    expect(query).toBe('which pump leaks oil');
    expect(rules.relevance.verdicts.get('pump')).toEqual({ fate: 'kept', why: 'relevant' });
    expect(rows.find(({ message }) => message.id === 'pump')!.relevance).toBeGreaterThan(rows[0].relevance);
    expect(queryOf(messages, DEFAULT_SETTINGS)).toBe('so what now');
    expect(queryOf([], DEFAULT_SETTINGS)).toBe('');
  });

  it('never mixes vectors of two encoders', () => {
    const some = new Map([[support[0].text, new Float32Array(512).fill(1)]]);
    const settings = { ...DEFAULT_SETTINGS, vectors: 'sentences' as const };
    const { rules } = finish(runSteps(support, settings, some));
    expect(rules.relevance.messages).toEqual(run(support).rules.relevance.messages);
  });

  it('is done in no more rounds than the bar has, and is nothing for nothing', () => {
    const steps = runSteps(support, DEFAULT_SETTINGS, new Map());
    let stops = 0;
    while (!steps.next().done) stops++;
    expect(stops).toBeLessThanOrEqual(ROUNDS * support.length);
    expect(stops).toBeGreaterThan((ROUNDS - 3) * support.length);
    expect(run([])).toMatchObject({ rows: [], tokensBefore: 0, bytesBefore: 2 });
  });
});

it('compression never makes it larger', () => {
  expect(compression(100, 120).bytesAfter).toBe(100);
  expect(compression(1000, 120).bytesAfter).toBe(120);
});

describe('work in slices', () => {
  function* counting(n: number): Steps<string> {
    for (let i = 0; i < n; i++) yield;
    return 'done';
  }
  /** A clock on which each look takes a millisecond. */
  const ticking = () => {
    let ms = 0;
    return () => ms++;
  };

  it('stops every 8 ms, and says how far it is', async () => {
    const told: number[] = [];
    const { signal } = new AbortController();
    expect(await inSlices(counting(20), signal, (done) => told.push(done), ticking())).toBe('done');
    expect(told).toEqual([8, 16]);
  });

  it('ends when it is not wanted any more', async () => {
    const controller = new AbortController();
    const work = inSlices(counting(1000), controller.signal, () => controller.abort('newer'), ticking());
    await expect(work).rejects.toBe('newer');
  });
});

describe('vectors of the encoder', () => {
  const { signal } = new AbortController();
  const embed = async (text: string) => ({ vector: Float32Array.of(text.length), reliable: true, tokens: 1 });

  it('are asked for once for each text, and forgotten with it', async () => {
    const vectors = new Vectors();
    const asked: string[] = [];
    const counted = (text: string) => (asked.push(text), embed(text));
    expect(await vectors.learn(['a', 'bb', 'a'], counted, signal, () => {})).toBe(true);
    expect(await vectors.learn(['bb', 'ccc'], counted, signal, () => {})).toBe(true);
    expect(asked).toEqual(['a', 'bb', 'ccc']);
    expect([...vectors.known.keys()]).toEqual(['bb', 'ccc']);
  });

  it('are fewer when the encoder fails on the way', async () => {
    const vectors = new Vectors();
    const fails = (text: string) => (text === 'b' ? Promise.reject(new Error('dead')) : embed(text));
    expect(await vectors.learn(['a', 'b', 'c'], fails, signal, () => {})).toBe(false);
    expect([...vectors.known.keys()]).toEqual(['a']);
    const late = vectors.learn(['z'], embed, AbortSignal.abort('newer'), () => {});
    await expect(late).rejects.toBe('newer');
  });
});
