import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MODULE_PROFILES } from '../../engine/cost/catalogue.ts';
import { latencyMs, resultOf } from './live-cost-provider.ts';
import { AGENT_TYPES, estimateTokens, SAMPLES, taskOf } from './live-cost-task.ts';

const form = SAMPLES[0].form;

describe('the estimate of tokens', () => {
  it.each([
    ['', 0, 0],
    ['   ', 0, 0],
    ['Hello', 1, 2],
    ['a b c', 3, 4],
    ['How do I cancel an order?', 6, 8],
    ['日本語', 1, 2],
  ])('of "%s"', (text, words, tokens) => expect(estimateTokens(text)).toMatchObject({ words, tokens }));

  it('a longer text has no fewer', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(estimateTokens(`${a} ${b}`).tokens).toBeGreaterThanOrEqual(estimateTokens(a).tokens);
      }),
    ));
});

describe('the task of a form', () => {
  it('counts the instructions of the agent type, and what was said before', () => {
    const { tokens } = estimateTokens(form.prompt);
    const first = taskOf(form, { session: 7, tokens: 0 }, 0);
    expect(first).toMatchObject({
      inputTokens: AGENT_TYPES.support + tokens,
      repeatedTokens: 1200,
      session: 7,
    });
    const second = taskOf(form, { session: 7, tokens: 3000 }, 0);
    expect(second).toMatchObject({ inputTokens: 3000 + tokens, repeatedTokens: 3000, prefixTokens: 1200 });
    expect(taskOf(form, null, 0).session).toBe(-1);
  });

  it('has a deadline when it can wait, and only then', () => {
    const timed = { ...form, deadlineHours: '2' };
    expect(taskOf({ ...timed, deferrable: true }, null, 500).deadlineMs).toBe(7_200_500);
    expect(taskOf({ ...timed, deferrable: false }, null, 500).deadlineMs).toBeNull();
    expect(taskOf({ ...form, deferrable: true }, null, 0).deadlineMs).toBeNull();
  });

  it.each([
    [{ prompt: ' ' }, 'prompt: expected a text, got nothing'],
    [{ tenant: '' }, 'tenant: expected a name, got nothing'],
    [{ complexity: '1.5' }, 'complexity: expected a number from 0 to 1, got "1.5"'],
    [{ complexity: '' }, 'complexity: expected a number from 0 to 1, got nothing'],
    [{ minAccuracy: '95' }, 'minAccuracy: expected a share from 0 to 1, such as 0.95, got "95"'],
    [{ maxSeconds: 'soon' }, 'maxSeconds: expected seconds above 0, got "soon"'],
    [{ deferrable: true, deadlineHours: '-1' }, 'deadlineHours: expected hours above 0'],
    [{ criticality: 'vital' as never }, 'criticality: expected one of critical, high, normal, low'],
  ])('refuses %o', (change, message) =>
    expect(() => taskOf({ ...form, ...change }, null, 0)).toThrow(message),
  );
});

describe('the simulated models', () => {
  const task = taskOf(form, null, 0);
  const cut = { maxOutputTokens: task.maxOutputTokens, cachedTokens: 100, cacheWriteTokens: 20 };

  it('say the same to the same task, and never more than they may', () => {
    expect(resultOf(task, 5, 0.9, cut)).toEqual(resultOf(task, 5, 0.9, cut));
    const results = Array.from({ length: 500 }, (_, i) =>
      resultOf(task, i, 0.9, { ...cut, maxOutputTokens: 150 }),
    );
    expect(Math.max(...results.map(({ usage }) => usage.outputTokens))).toBe(150);
    expect(results[0].usage).toMatchObject({ cachedTokens: 100, cacheWriteTokens: 20 });
  });

  it('answer in about the length and the time that is expected', () => {
    const numbers = Array.from({ length: 2000 }, (_, i) => i + 1);
    const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
    const tokens = mean(numbers.map((n) => resultOf(task, n, 0.9, cut).usage.outputTokens));
    expect(tokens / task.expectedOutputTokens).toBeGreaterThan(0.95);
    expect(tokens / task.expectedOutputTokens).toBeLessThan(1.05);
    const { meanMs } = MODULE_PROFILES[0];
    expect(mean(numbers.map((n) => latencyMs(n, meanMs))) / meanMs).toBeCloseTo(1, 1);
  });
});
