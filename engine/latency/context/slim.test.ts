import { describe, expect, it } from 'vitest';
import { compact, compactSettings } from './compact.ts';
import { footprint } from './footprint.ts';
import { importanceOf, importanceSettings, importanceTerms } from './importance.ts';
import type { Message, Role } from './message.ts';
import { pruneSettings } from './prune.ts';
import { sampleConversation } from './samples.ts';
import { slimSteps, type Slimming } from './slim.ts';
import { finish } from './steps.ts';
import { estimateTokens } from './tokens.ts';

const score = importanceOf(importanceSettings());
const words = (text: string): number => text.split(' ').length;
const say = (id: string, role: Role, text: string): Message => ({
  id,
  role,
  text,
  atMs: Number(id.slice(1)),
});
const slim = (messages: Message[], slimming: Slimming, count = words) =>
  finish(slimSteps(messages, slimming, { count, score }));
const mended = (messages: Message[], settings: object | null, prune: object): Slimming => ({
  rule: 'mended',
  compacted: settings && compact(messages, compactSettings(settings)),
  prune: pruneSettings(prune),
});

describe('a conversation that is made to fit', () => {
  it('says of each message what became of it, and why', () => {
    const messages = [
      say('m1', 'system', 'Be brief in all that you say.'),
      say('m2', 'user', 'Remember this deadline: ' + 'a word and another '.repeat(12)),
      say('m3', 'user', 'my order has come but the box was open'),
      say('m4', 'assistant', 'I am sorry to hear it.'),
      say('m5', 'user', 'my order has come but the box was open'),
      say('m6', 'system', 'Be brief in all that you say.'),
      say('m7', 'tool', '{ "lost": true }'),
      say('m8', 'assistant', 'no'),
      say('m9', 'user', 'hm'),
    ];
    const {
      verdicts,
      messages: sent,
      tokensAfter,
      tokens,
      parts,
    } = slim(messages, mended(messages, {}, { keepLast: 5 }));
    expect(Object.fromEntries(verdicts)).toEqual({
      m1: { fate: 'kept', why: 'system' },
      m2: { fate: 'kept', why: 'important' },
      m3: { fate: 'dropped', why: 'old' },
      m4: { fate: 'kept', why: 'recent' },
      m5: { fate: 'kept', why: 'recent' },
      m6: { fate: 'merged', of: 'm1', exact: true },
      m7: { fate: 'dropped', why: 'unpaired' },
      m8: { fate: 'kept', why: 'recent' },
      m9: { fate: 'kept', why: 'newest' },
    });
    // The same objects: nothing was copied.
    expect(sent.every((message) => messages.includes(message))).toBe(true);
    expect(tokens).toBe([...tokensAfter.values()].reduce((a, b) => a + b, 3));
    expect(parts.map(({ name }) => name)).toEqual([
      'repeats',
      'near repeats',
      'indentation',
      'tables',
      'pruning',
    ]);
  });

  it('marks what the module’s rule keeps and then drops', () => {
    const messages = Array.from({ length: 8 }, (_, i) =>
      say(`m${i}`, i === 0 ? 'system' : 'user', i === 2 ? `urgent ${'x'.repeat(200)}` : 'word'),
    );
    const { verdicts, messages: sent } = slim(messages, {
      rule: 'printed',
      keepLast: 3,
      importanceAbove: 0.7,
    });
    const fates = [...verdicts.values()].map((v) => ('why' in v ? `${v.fate} ${v.why}` : v.fate));
    const [lost, old, kept] = ['dropped lost', 'dropped old', 'kept recent'];
    expect(fates).toEqual([lost, old, lost, old, old, kept, kept, kept]);
    expect(sent.map(({ id }) => id)).toEqual(['m5', 'm6', 'm7']);
  });

  it.each(['support', 'research', 'smallTalk'] as const)('is what the footprint says it is: %s', (kind) => {
    const messages = sampleConversation({ kind, exchanges: 25, seed: 5 });
    for (const [settings, windowTokens] of [
      [{}, 4096],
      [null, 900],
    ] as const) {
      const slimming = mended(messages, settings, { windowTokens });
      const whole = footprint(messages, {
        compact: settings && compactSettings(settings),
        prune: pruneSettings({ windowTokens }),
        count: estimateTokens,
        score,
        compress: null,
      });
      const { parts, messages: sent, bytes, verdicts } = slim(messages, slimming, estimateTokens);
      expect(parts).toEqual(whole.parts);
      expect(sent).toEqual(whole.messages);
      expect(bytes).toBe(whole.bytesAfter);
      expect([...verdicts.keys()].sort()).toEqual(messages.map(({ id }) => id).sort());
    }
  });

  it('stops after each message, so that a page can draw', () => {
    const messages = sampleConversation({ kind: 'smallTalk', exchanges: 40, seed: 1 });
    const steps = slimSteps(messages, mended(messages, {}, {}), { count: estimateTokens, score });
    let stops = 0;
    while (!steps.next().done) stops++;
    expect(stops).toBeGreaterThan(1.5 * messages.length);
  });

  it('is nothing where there is nothing', () => {
    expect(slim([], mended([], {}, {}))).toMatchObject({ messages: [], tokens: 0, bytes: 2 });
    expect(slim([], { rule: 'printed', keepLast: 50, importanceAbove: 0.7 }).messages).toEqual([]);
  });
});

it('importance is the sum of its terms, cut at 1', () => {
  const terms = importanceTerms(importanceSettings());
  const long = say('m1', 'system', `This is URGENT and critical. ${'x'.repeat(200)}`);
  expect(terms(long)).toEqual({
    base: 0.5,
    system: 0.3,
    keyword: 0.2,
    long: 0.1,
    words: ['critical', 'urgent'],
    score: 1,
    given: false,
  });
  expect(terms(say('m2', 'user', 'unimportant'))).toMatchObject({ keyword: 0, words: [], score: 0.5 });
  expect(terms({ ...long, importance: 0.2 })).toMatchObject({ score: 0.2, given: true });
});
