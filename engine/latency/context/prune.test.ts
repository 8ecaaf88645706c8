import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importanceOf, importanceSettings } from './importance.ts';
import { contextBytes, type Message, type Role } from './message.ts';
import { prune, pruneAsPrinted, pruneSettings } from './prune.ts';
import { shortenText } from './shorten.ts';
import { conversationTokens, estimateTokens } from './tokens.ts';

const score = importanceOf(importanceSettings());
/** A word is a token, so that sums can be done in the head. */
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const say = (n: number, word = 'la'): string => Array<string>(n).fill(word).join(' ');
let at = 0;
const message = (id: string, role: Role, text: string, more: Partial<Message> = {}): Message => ({
  id,
  role,
  text,
  atMs: at++,
  ...more,
});
const ids = (messages: readonly Message[]): string => messages.map(({ id }) => id).join(' ');
/** No overhead, so that a message is as long as its words. */
const bare = (settings: object) =>
  pruneSettings({ perMessage: 0, perConversation: 0, leastTokens: 10, ...settings });
const pruned = (messages: Message[], settings: object) =>
  prune(messages, bare(settings), { count: words, score });
const reasons = (result: ReturnType<typeof pruned>): string =>
  result.dropped.map(({ message, reason }) => `${message.id} ${reason}`).join(', ');

/** A system message, a fact worth keeping, and much talk. */
const longTalk = (n: number): Message[] => [
  message('system', 'system', say(10)),
  message('fact', 'user', `important ${say(99)}`, { importance: 0.9 }),
  ...Array.from({ length: n }, (_, i) => message(`m${i}`, i % 2 === 0 ? 'assistant' : 'user', say(10))),
];

describe("the module's rule, as printed", () => {
  it('loses the important messages that it has just kept, and the system message with them', () => {
    const { kept, keptAndDropped } = pruneAsPrinted(longTalk(60), score);
    expect(kept).toHaveLength(50);
    expect(kept[0]!.id).toBe('m10');
    expect(ids(keptAndDropped)).toBe('system fact');
  });

  it('is the last 50, whatever is important', () => {
    const talk = longTalk(200);
    expect(ids(pruneAsPrinted(talk, score).kept)).toBe(ids(talk.slice(-50)));
    expect(pruneAsPrinted(talk.slice(0, 50), score).kept).toHaveLength(50);
  });

  it('leaves a result without its call, and knows no window', () => {
    const talk = [
      message('call', 'assistant', 'search', { toolCallId: 'c' }),
      message('result', 'tool', say(20_000), { toolCallId: 'c' }),
      ...longTalk(0).slice(1),
      ...Array.from({ length: 48 }, (_, i) => message(`u${i}`, 'user', 'la')),
    ];
    const { kept } = pruneAsPrinted(talk, score);
    expect(ids(kept.slice(0, 2))).toBe('result fact');
    expect(conversationTokens(kept, words)).toBeGreaterThan(4096);
  });
});

describe('the mended rule, by hand', () => {
  it('keeps system, the newest, the important and then the most recent', () => {
    const result = pruned(longTalk(60), { windowTokens: 160, oversize: 'refuse' });
    // 10 system, 20 newest user and newest, 100 fact: 30 are left, for three more.
    expect(ids(result.kept)).toBe('system fact m55 m56 m57 m58 m59');
    expect(result.tokens).toBe(160);
    expect(result.dropped.filter(({ reason }) => reason === 'old').map(({ message }) => message.id)).toEqual(
      Array.from({ length: 10 }, (_, i) => `m${i}`),
    );
    expect(result.dropped).toHaveLength(62 - 7);
    expect(result.bytesAfter).toBe(contextBytes(result.kept));
  });

  it('keeps all when all fits, old or not, when there is no limit of age', () => {
    const talk = longTalk(60);
    const result = pruned(talk, { windowTokens: 710, keepLast: null });
    expect(result.kept).toEqual(talk);
    expect(result).toMatchObject({ tokens: 710, tokensBefore: 710, dropped: [], shortened: [] });
  });

  it('counts what stands around the messages', () => {
    const talk = [message('a', 'user', say(10)), message('b', 'user', say(10))];
    const settings = pruneSettings({ windowTokens: 31, keepLast: null });
    expect(prune(talk, settings, { count: words, score })).toMatchObject({ tokens: 31 });
    const less = prune(talk, { ...settings, windowTokens: 30 }, { count: words, score });
    expect(less).toMatchObject({ tokens: 17, tokensBefore: 31 });
    expect(ids(less.kept)).toBe('b');
  });

  it('keeps a call and its results together, or none of them', () => {
    const talk = [
      message('q', 'user', say(10)),
      message('call', 'assistant', say(5), { toolCallId: 'c' }),
      message('r1', 'tool', say(10), { toolCallId: 'c' }),
      message('r2', 'tool', say(10), { toolCallId: 'c' }),
      message('a', 'assistant', say(10)),
      message('q2', 'user', say(10)),
    ];
    expect(ids(pruned(talk, { windowTokens: 45 }).kept)).toBe('call r1 r2 a q2');
    expect(ids(pruned(talk, { windowTokens: 44, oversize: 'refuse' }).kept)).toBe('a q2');
    expect(ids(pruned(talk, { windowTokens: 55 }).kept)).toBe(ids(talk));
  });

  it('drops a result without a call, and a call without a result unless it is still open', () => {
    const talk = [
      message('r0', 'tool', 'la', { toolCallId: 'lost' }),
      message('c1', 'assistant', 'la', { toolCallId: 'forgotten' }),
      message('q', 'user', 'la'),
      message('c2', 'assistant', 'la', { toolCallId: 'two' }),
      message('c3', 'assistant', 'la', { toolCallId: 'three' }),
      message('r2', 'tool', 'la', { toolCallId: 'two' }),
    ];
    const result = pruned(talk, { windowTokens: 100 });
    expect(ids(result.kept)).toBe('q c2 c3 r2');
    expect(reasons(result)).toBe('r0 unpaired, c1 unpaired');
  });

  it('shortens the first that does not fit, and says so', () => {
    const talk = [
      message('system', 'system', say(10)),
      message('big', 'user', say(500)),
      message('q', 'user', say(10)),
    ];
    const result = pruned(talk, { windowTokens: 100 });
    expect(ids(result.kept)).toBe('system big q');
    expect(result.shortened).toEqual(['big']);
    expect(result.kept[1]!.text).toMatch(/^la la[^]*\n\[… \d+ characters left out …\]\n[^]*la$/);
    expect(result.tokens).toBeLessThanOrEqual(100);
    expect(result.tokens).toBeGreaterThan(95);
    expect(result.bytesAfter).toBe(contextBytes(result.kept));
    // Less than ten words of it would say nothing.
    expect(ids(pruned(talk, { windowTokens: 29 }).kept)).toBe('system q');
  });

  it('does not hold it against a message that its keyword was cut out', () => {
    const fact = message('fact', 'user', `${say(200)} critical ${say(200)}`);
    const talk = [fact, message('a', 'assistant', say(5)), message('q', 'user', say(5))];
    const once = pruned(talk, { windowTokens: 60, keepLast: 1 });
    expect(once.kept[0]).toMatchObject({ id: 'fact', importance: 0.8 });
    expect(once.kept[0]!.text).not.toContain('critical');
    expect(pruned(once.kept, { windowTokens: 60, keepLast: 1 }).kept).toEqual(once.kept);
  });

  it('is not too far back when the last of its results is not', () => {
    const talk = [
      message('call', 'assistant', 'la', { toolCallId: 'c' }),
      message('result', 'tool', 'la', { toolCallId: 'c' }),
      message('a', 'assistant', 'la'),
      message('q', 'user', 'la'),
    ];
    expect(ids(pruned(talk, { windowTokens: 100, keepLast: 3 }).kept)).toBe('call result a q');
    expect(reasons(pruned(talk, { windowTokens: 100, keepLast: 2 }))).toBe('call old, result old');
  });

  it('shortens the longest result of a call', () => {
    const talk = [
      message('call', 'assistant', say(5), { toolCallId: 'c' }),
      message('small', 'tool', say(5), { toolCallId: 'c' }),
      message('large', 'tool', say(500), { toolCallId: 'c' }),
    ];
    const result = pruned(talk, { windowTokens: 60 });
    expect(ids(result.kept)).toBe('call small large');
    expect(result.shortened).toEqual(['large']);
  });

  it('refuses, when asked to, what can only be shortened', () => {
    const talk = [message('system', 'system', say(80)), message('q', 'user', say(30))];
    expect(() => pruned(talk, { windowTokens: 100, oversize: 'refuse' })).toThrow(
      'message q: expected at most 20 tokens, got 30. Widen the window, or let messages be shortened.',
    );
    expect(ids(pruned(talk, { windowTokens: 110, oversize: 'refuse' }).kept)).toBe('system q');
  });

  it('goes by score alone when asked to, as for relevance', () => {
    const talk = ['a', 'b', 'c', 'd'].map((id, i) =>
      message(id, 'assistant', say(10), { importance: [0.2, 0.6, 0.1, 0][i]! }),
    );
    expect(ids(pruned(talk, { windowTokens: 30, order: 'score', keepLast: 1 }).kept)).toBe('a b d');
    expect(ids(pruned(talk, { windowTokens: 30 }).kept)).toBe('b c d');
  });

  it('has nothing to keep of nothing, and refuses bad settings', () => {
    expect(pruned([], { windowTokens: 1 })).toMatchObject({ kept: [], tokens: 0, tokensBefore: 0 });
    expect(() => pruneSettings({ windowTokens: 0 })).toThrow('a whole number of 1 or more');
    expect(() => pruneSettings({ window: 10 })).toThrow('the unknown name "window"');
  });
});

/** No half of a character. */
const isWhole = (text: string): boolean => new TextDecoder().decode(new TextEncoder().encode(text)) === text;

describe('a shortened text', () => {
  it('is cut between characters, wherever the cut falls', () => {
    const text = '😀'.repeat(100);
    for (let size = 40; size < 200; size++) {
      const short = shortenText(text, size, (t) => t.length)!;
      expect(short.length).toBeLessThanOrEqual(size);
      expect(isWhole(short)).toBe(true);
    }
  });

  it('fits, keeps its beginning and end, and breaks no character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b ', '😀', '\n', '界'), minLength: 1, maxLength: 400 }),
        fc.integer({ min: 0, max: 120 }),
        (text, tokens) => {
          const short = shortenText(text, tokens, estimateTokens);
          if (estimateTokens(text) <= tokens) {
            expect(short).toBe(text);
            return;
          }
          if (short === undefined) {
            expect(tokens).toBeLessThan(16);
            return;
          }
          expect(estimateTokens(short)).toBeLessThanOrEqual(tokens);
          expect(isWhole(short)).toBe(true);
          const [head = '', tail = ''] = short.split(/\n\[… \d+ characters left out …\]\n/);
          expect(text.startsWith(head) && text.endsWith(tail)).toBe(true);
        },
      ),
    );
  });
});

/** Conversations with calls, orphans, long and short messages and given importances. */
const conversations = fc
  .array(
    fc.record({
      role: fc.constantFrom<Role>('system', 'user', 'user', 'assistant', 'assistant', 'tool'),
      length: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 300 })),
      call: fc.option(fc.constantFrom('c1', 'c2', 'c3'), { nil: undefined }),
      importance: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      keyword: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((list) =>
    list.map(({ role, length, call, importance, keyword }, i) => {
      const paired = (role === 'assistant' || role === 'tool') && call !== undefined;
      return message(`m${i}`, role, `${keyword ? 'critical ' : ''}${say(length)}`, {
        ...(paired ? { toolCallId: call } : {}),
        ...(importance === undefined ? {} : { importance }),
      });
    }),
  );
const someSettings = fc.record({
  windowTokens: fc.integer({ min: 1, max: 600 }),
  keepLast: fc.constantFrom(null, 1, 5, 20),
  order: fc.constantFrom('important-first', 'score'),
  leastTokens: fc.constantFrom(1, 20, 48),
});

describe('the mended rule, for any conversation', () => {
  const measures = { count: estimateTokens, score };
  const run = (talk: Message[], settings: object) => prune(talk, pruneSettings(settings), measures);

  it('stays within the window, keeps the order, and accounts for every message and token', () => {
    fc.assert(
      fc.property(conversations, someSettings, (talk, settings) => {
        const result = run(talk, settings);
        expect(result.tokens).toBeLessThanOrEqual(settings.windowTokens);
        expect(result.tokens).toBe(conversationTokens(result.kept, estimateTokens));
        const kept = result.kept.map(({ id }) => id);
        expect(kept).toEqual(talk.map(({ id }) => id).filter((id) => kept.includes(id)));
        const all = [...kept, ...result.dropped.map(({ message }) => message.id)];
        expect(all.sort()).toEqual(talk.map(({ id }) => id).sort());
      }),
    );
  });

  it('drops no system message, unless they alone are too many', () => {
    fc.assert(
      fc.property(conversations, someSettings, (talk, settings) => {
        const system = talk.filter(({ role }) => role === 'system');
        if (conversationTokens(system, estimateTokens) > settings.windowTokens) return;
        expect(run(talk, settings).kept.filter(({ role }) => role === 'system')).toEqual(system);
      }),
    );
  });

  it('leaves no result without its call', () => {
    fc.assert(
      fc.property(conversations, someSettings, (talk, settings) => {
        const { kept, dropped } = run(talk, settings);
        kept.forEach(({ role, toolCallId }, i) => {
          if (role === 'tool' && toolCallId !== undefined)
            expect(kept.slice(0, i).some((m) => m.role === 'assistant' && m.toolCallId === toolCallId)).toBe(
              true,
            );
        });
        for (const { message, reason } of dropped)
          if (reason === 'unpaired') expect(['tool', 'assistant']).toContain(message.role);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(conversations, someSettings, (talk, settings) => {
        const { kept } = run(talk, settings);
        expect(run(kept, settings)).toMatchObject({ kept, dropped: [], shortened: [] });
      }),
    );
  });

  it('keeps in a larger window whatever it keeps in a smaller one', () => {
    fc.assert(
      fc.property(conversations, someSettings, fc.integer({ min: 1, max: 200 }), (talk, settings, more) => {
        const wide = run(talk, { ...settings, windowTokens: settings.windowTokens + more });
        const narrow = run(talk, settings);
        const keptWide = new Set(wide.kept.map(({ id }) => id));
        for (const { id } of narrow.kept) expect(keptWide).toContain(id);
        expect(wide.dropped.length).toBeLessThanOrEqual(narrow.dropped.length);
      }),
    );
  });
});
