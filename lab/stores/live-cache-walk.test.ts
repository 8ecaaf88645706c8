import { describe, expect, it } from 'vitest';
import type { ReadOutcome, Step } from '../../engine/cache/flow/protocol.ts';
import { stopped } from './live-cache-notes.ts';
import { duration, idleLanes, inWords, lanesOf, life, matchLane } from './live-cache-walk.ts';

const step = (level: Step['level'], result: Step['result'], more: Partial<Step> = {}): Step => ({
  tier: level === 'origin' ? 'origin' : `tier-${level}`,
  level,
  startedMs: 0,
  tookMs: 2,
  result,
  ...more,
});

const outcome = (more: Partial<ReadOutcome>): ReadOutcome => ({
  ...stopped('k'),
  status: 'value',
  reason: 'hit',
  freshness: 'fresh',
  ageMs: 1000,
  freshForMs: 60_000,
  tookMs: 4.1,
  ...more,
});

const context = { levels: ['l1', 'l2', 'l3'] as const, l1Off: false };
const unmatched = matchLane({ hit: false, why: 'not embedded', considered: [] }, null, 0.6);
const tones = (lanes: ReturnType<typeof idleLanes>) =>
  Object.fromEntries(lanes.map(({ name, tone, word }) => [name, `${tone} ${word}`.trim()]));

describe('the lanes of a walk', () => {
  it('says before the walk which levels will not be asked, and why', () => {
    const lanes = idleLanes({ ...context, l1Off: true });
    expect(tones(lanes)).toEqual({
      match: 'idle',
      l1: 'skipped off',
      l2: 'idle',
      l3: 'idle',
      l4: 'skipped skipped',
      model: 'idle',
    });
    expect(lanes.find(({ name }) => name === 'l4')?.reason).toBe('not in this policy');
  });

  it('L1 misses, L2 has it: L3 and the model are not needed', () => {
    const hit = outcome({
      level: 'l2',
      tier: 'tier-l2',
      steps: [step('l1', 'miss'), step('l2', 'fresh')],
      promotedTo: ['tier-l1'],
    });
    const lanes = lanesOf(hit, unmatched, context);
    expect(tones(lanes)).toMatchObject({
      l1: 'miss miss',
      l2: 'hit hit',
      l3: 'skipped not needed',
      l4: 'skipped skipped',
      model: 'skipped not needed',
    });
    expect(lanes[2].reason).toBe('fresh for 60\u00a0s more');
    expect(inWords(lanes, hit)).toBe(
      'Wording: new, no vector, so only the same words would do. ' +
        'Answered by L2 in 4.1\u00a0ms. L1 miss, L2 hit. Copied to L1.',
    );
  });

  it('a tier that fails says so, without its name twice, and the model answers', () => {
    const loaded = outcome({
      level: 'origin',
      tier: 'origin',
      reason: 'loaded',
      tookMs: 2250,
      steps: [
        step('l1', 'miss'),
        step('l2', 'timeout', { note: 'tier-l2: no answer within 250 ms' }),
        step('l3', 'failed', { note: 'tier-l3: full' }),
        step('origin', 'loaded'),
      ],
    });
    const lanes = lanesOf(loaded, unmatched, context);
    expect(lanes[2]).toMatchObject({ tone: 'trouble', word: 'timed out', reason: 'no answer within 250 ms' });
    expect(lanes[3]).toMatchObject({ tone: 'trouble', reason: 'full' });
    expect(inWords(lanes, loaded)).toContain('Answered by the model in 2.25\u00a0s.');
  });

  it('a stale answer is said to be stale', () => {
    const stale = outcome({
      level: 'l1',
      tier: 'tier-l1',
      freshness: 'stale',
      reason: 'stale-if-error',
      steps: [step('l1', 'stale'), step('origin', 'failed', { note: 'down' })],
    });
    const lanes = lanesOf(stale, unmatched, context);
    expect(lanes[1].reason).toBe('stale, served as the model failed');
    expect(inWords(lanes, stale)).toContain('a stale answer');
  });

  it('no answer is no answer', () => {
    const failed = { ...stopped('k'), reason: 'origin-failed' as const, error: 'the model is down' };
    expect(inWords(lanesOf(failed, unmatched, context), failed)).toContain(
      'Not answered: the model is down.',
    );
    expect(inWords([], stopped('k'))).toBe('Stopped.');
  });
});

describe('the match', () => {
  it('tells the same words, a similar wording and a refused one apart', () => {
    const found = { key: 'k', prompt: 'p', considered: [] };
    expect(matchLane({ hit: true, how: 'exact', similarity: 1, ...found }, 0, 0.6).word).toBe('same words');
    expect(matchLane({ hit: true, how: 'similar', similarity: 0.9, ...found }, 0, 0.6).word).toBe('similar');
    const verdict = { same: false, reason: 'opposites', detail: 'buy / sell' } as const;
    const refused = matchLane(
      { hit: false, why: 'guard', considered: [{ key: 'k', prompt: 'p', similarity: 0.97, verdict }] },
      0,
      0.6,
    );
    expect(refused.word).toBe('refused');
    expect(refused.reason).toContain('opposites (buy / sell)');
  });
});

it('a life in whole steps', () =>
  expect([-5, 400, 1999, 119_000, 120_000].map(life)).toEqual(
    ['< 1 s', '< 1 s', '1 s', '119 s', '2 min'].map((text) => text.replace(/ (?=\w+$)/, '\u00a0')),
  ));

it('a length of time in the unit that fits', () =>
  expect([0, 0.3, 42, 3100, 720_000, 5_400_000, Infinity].map(duration)).toEqual(
    ['< 0.1 ms', '0.3 ms', '42 ms', '3.10 s', '12 min', '1.5 h', 'ever'].map((text) =>
      text.replace(/ (?=\w+$)/, '\u00a0'),
    ),
  ));
