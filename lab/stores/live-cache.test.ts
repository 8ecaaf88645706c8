import { describe, expect, it } from 'vitest';
import { DATA_POLICIES, parseDataPolicy } from '../../engine/cache/data-policies.ts';
import { guard } from '../../engine/cache/semantic/guard.ts';
import { normalise } from '../../engine/cache/semantic/normalise.ts';
import { TierError } from '../../engine/cache/tiers/tier.ts';
import { MemoryTier } from '../../engine/cache/tiers/memory.ts';
import { LiveCache } from '../../engine/live/cache-driver.ts';
import { reportOfAll } from './live-cache-counts.ts';
import { textDeduplicator } from './live-cache-deduplicator.ts';
import { kindOf, nameRequest } from './live-cache-key.ts';
import { originValue, tokensOf, type Message } from './live-cache-origin.ts';
import { SAMPLES } from './live-cache-prompts.ts';
import { SwitchedTier, wait } from './live-cache-switched-tier.ts';
import { Wordings } from './live-cache-wordings.ts';

const policy = (name: string) => DATA_POLICIES.find((one) => one.name === name)!;

describe('keys', () => {
  it('a prompt’s key is its wording in the context of its policy', () => {
    const { key, context, kind } = nameRequest('  How ARE you? ', policy('response'));
    expect(kind).toBe('prompt');
    expect(key).toBe(`${context}:how are you`);
    expect(nameRequest('how are you', policy('model-output')).context).not.toBe(context);
  });

  it('parameters of a tool that mean the same are one key', () => {
    const [first, same, other] = SAMPLES.tool[0].map(
      ({ prompt }) => nameRequest(prompt, policy('tool-result')).key,
    );
    expect(same).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([
    ['  ', 'response', 'prompt: expected a text, got nothing'],
    ['get order', 'tool-result', 'expected a call such as get_order'],
    ['get_order {"id": }', 'tool-result', 'expected a call such as get_order'],
  ])('refuses "%s" for %s', (typed, name, message) =>
    expect(() => nameRequest(typed, policy(name))).toThrow(message),
  );

  it('the kind follows the policy, edited ones too', () => {
    expect(DATA_POLICIES.map(kindOf)).toEqual(['prompt', 'prompt', 'conversation', 'tool']);
    expect(kindOf(parseDataPolicy({ ...policy('tool-result'), normaliseParameters: false }))).toBe('prompt');
  });
});

describe('the samples are what they say', () => {
  for (const group of SAMPLES.prompt)
    for (const { prompt, note } of group.slice(1))
      it(`${note}: ${prompt}`, () => {
        const first = group[0].prompt;
        if (note === 'same words') expect(normalise(prompt)).toBe(normalise(first));
        else if (note === 'same question') expect(guard(first, prompt)).toEqual({ same: true });
        else expect(guard(first, prompt).same).toBe(false);
      });
});

describe('the simulated origin', () => {
  it('says the same to the same prompt, and something else to another', () => {
    expect(originValue('a', 'prompt')).toBe(originValue('a', 'prompt'));
    expect(originValue('a', 'prompt')).not.toBe(originValue('b', 'prompt'));
    expect(originValue('a', 'prompt')).toContain('simulated');
  });

  it('has more messages of a conversation than the policy keeps', () => {
    const messages = originValue('c', 'conversation') as Message[];
    expect(messages.length).toBeGreaterThan(policy('conversation-context').keepMessages!);
  });

  it('counts tokens of texts and of messages', () => {
    const { inputTokens, outputTokens } = tokensOf('four', 'x'.repeat(40));
    expect(outputTokens).toBe(10);
    expect(inputTokens).toBeGreaterThan(1);
    expect(tokensOf('c', [{ role: 'user', text: 'x'.repeat(8) }]).outputTokens).toBe(2);
  });
});

describe('wordings', () => {
  const wording = { prompt: 'How are you?', context: 'c', tags: ['t'], endMs: 100, embedding: null };
  const known = (): Wordings => {
    const wordings = new Wordings();
    wordings.know('k', wording);
    return wordings;
  };

  it('are found by the same words in the same context only', () => {
    expect(known().findExact('c', 'how are you')?.hit).toBe(true);
    expect(known().findExact('d', 'how are you')).toBeUndefined();
  });

  it.each([
    [{ kind: 'key', key: 'k' } as const, false],
    [{ kind: 'tag', tag: 't' } as const, false],
    [{ kind: 'tag', tag: 'u' } as const, true],
    [{ kind: 'all' } as const, false],
  ])('are forgotten with what was purged: %j', (target, there) => {
    const wordings = known();
    wordings.forgetPurged(target);
    expect(wordings.findExact('c', 'how are you') !== undefined).toBe(there);
  });

  it('are forgotten when no tier can have them any more, and survive another threshold', () => {
    const wordings = known();
    wordings.forgetExpired(99);
    wordings.setThreshold(0.8);
    expect(wordings.findExact('c', 'how are you')?.hit).toBe(true);
    wordings.forgetExpired(100);
    expect(wordings.findExact('c', 'how are you')).toBeUndefined();
  });
});

describe('a tier with a switch', () => {
  const entry = {
    key: 'k',
    value: 1,
    createdAtMs: 0,
    lastAccessedAtMs: 0,
    accessCount: 0,
    freshUntilMs: 100,
    staleUntilMs: 100,
    sizeBytes: 1,
    tags: [],
    metadata: {},
  };
  const tier = () =>
    new SwitchedTier(new MemoryTier({ maxEntries: 2, maxBytes: 100, policy: 'lru' }, 'm', 'l3'));

  it('full: what is there can be read, and nothing new is written', async () => {
    const full = tier();
    await full.set(entry, { nowMs: 0 });
    full.fault = 'full';
    expect((await full.get('k', { nowMs: 1 }))?.value).toBe(1);
    await expect(full.set(entry, { nowMs: 1 })).rejects.toThrow(TierError);
    expect(await full.delete('k', { nowMs: 1 })).toBe(true);
  });

  it('blocked: nothing works, until it does again', async () => {
    const blocked = tier();
    blocked.fault = 'blocked';
    await expect(blocked.get('k', { nowMs: 0 })).rejects.toThrow('blocked');
    blocked.fault = 'none';
    expect(await blocked.get('k', { nowMs: 0 })).toBeUndefined();
  });

  it('waiting ends with the signal', async () => {
    const stop = new AbortController();
    const waiting = wait(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});

it('texts that are nearly the same are kept once, within a context', () => {
  const copies = textDeduplicator();
  const text = 'one two three four five six seven eight nine ten';
  expect(copies.canonical('a:1', text, 0.8)).toEqual({ value: text, savedBytes: 0 });
  expect(copies.canonical('a:2', `${text} more`, 0.8)).toMatchObject({ value: text });
  expect(copies.canonical('b:1', `${text} more`, 0.8)).toEqual({ value: `${text} more`, savedBytes: 0 });
  expect(copies.canonical('a:3', [text], 0.8)).toEqual({ value: [text], savedBytes: 0 });
});

it('figures of two agents add up', async () => {
  const live = () =>
    new LiveCache({
      tiers: [{ tier: new MemoryTier({ maxEntries: 9, maxBytes: 1000, policy: 'lru' }) }],
      load: (key) => Promise.resolve({ value: key }),
      seed: 1,
    });
  const [a, b] = [live(), live()];
  await a.get('x');
  await a.get('x');
  await b.get('x');
  const report = reportOfAll([a.cache, b.cache]);
  expect(report).toMatchObject({ requests: 3, answered: 1 });
  expect(report.hitRatePerRequest).toBeCloseTo(1 / 3);
  expect(report.levels[0]).toMatchObject({ level: 'l1', hits: 1, misses: 2 });
});
