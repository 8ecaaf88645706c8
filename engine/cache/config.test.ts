import { describe, expect, it } from 'vitest';
import { memoryOptions, parseCacheConfig } from './config.ts';
import { DATA_POLICIES, flowPolicy, keepNewest, parseDataPolicy } from './data-policies.ts';

describe('configuration (C4)', () => {
  it("has the module's defaults", () => {
    const config = parseCacheConfig();
    expect(config).toEqual({ maxEntries: 1000, maxMegabytes: 100, ttlS: 3600, eviction: 'score' });
    expect(memoryOptions(config)).toEqual({ maxEntries: 1000, maxBytes: 104_857_600, policy: 'score' });
  });

  it.each([
    [{ maxEntries: 0 }, 'maxEntries: expected a whole number above 0, got 0'],
    [{ maxEntries: -5 }, 'maxEntries: expected a whole number above 0, got -5'],
    [{ maxEntries: 2.5 }, 'maxEntries: expected a whole number above 0, got 2.5'],
    [{ maxMegabytes: 0 }, 'maxMegabytes: expected a number above 0, got 0'],
    [{ ttlS: -1 }, 'ttlS: expected a number above 0, got -1'],
    [{ ttlS: Infinity }, 'ttlS: expected a number above 0, got Infinity'],
    [{ ttlS: '3600' }, 'ttlS: expected a number, got "3600"'],
    [{ maxEntrys: 5 }, 'Did you mean "maxEntries"?'],
  ])('%o is refused: %s', (input, message) => {
    expect(() => parseCacheConfig(input)).toThrow(message);
  });
});

describe('data policies (C14)', () => {
  it("are the module's four", () => {
    const brief = DATA_POLICIES.map((p) => [p.name, p.ttlS, p.levels.join('+'), p.compress]);
    expect(brief).toEqual([
      ['response', 3600, 'l1+l2', true],
      ['model-output', 7200, 'l2+l3', false],
      ['conversation-context', 1800, 'l1', true],
      ['tool-result', 600, 'l1+l2', false],
    ]);
    expect(DATA_POLICIES[1].deduplicateAt).toBe(0.95);
    expect(DATA_POLICIES[2].keepMessages).toBe(10);
    expect(DATA_POLICIES[3].normaliseParameters).toBe(true);
    expect(flowPolicy(DATA_POLICIES[0])).toMatchObject({ name: 'response', ttlMs: 3_600_000, ttlJitter: 0 });
  });

  it.each([
    [{ ttlS: 0 }, 'ttlS: expected a number above 0, got 0'],
    [{ levels: [] }, 'levels: expected at least one level'],
    [{ levels: ['l1', 'l1'] }, 'levels: expected each level once'],
    [{ levels: ['l5'] }, 'levels.0: expected'],
    [{ deduplicateAt: 1.5 }, 'deduplicateAt: expected a number above 0, at most 1, got 1.5'],
    [{ ttlJitter: 1 }, 'ttlJitter: expected a number from 0, below 1, got 1'],
    [{ name: 'Mine!' }, 'name: expected a name in lower case'],
  ])('%o is refused: %s', (more, message) => {
    expect(() => parseDataPolicy({ name: 'mine', ttlS: 10, levels: ['l1'], ...more })).toThrow(message);
  });

  it('keeps the newest messages, in their order', () => {
    const messages = Array.from({ length: 12 }, (_, i) => `m${i}`);
    expect(keepNewest(messages, 10)).toEqual(messages.slice(2));
    expect(keepNewest(messages, null)).toBe(messages);
    expect(keepNewest('text', 10)).toBe('text');
  });
});
