import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { contextBytes, written } from '../latency/context/message.ts';
import { sampleConversations } from '../latency/context/samples.ts';
import { contextSizes } from './context-sizes.ts';
import { contextsSchema } from './memory-schema.ts';

const sizes = (settings: object = {}) => contextSizes(v.parse(contextsSchema, settings));
const plain = sizes();
const saved = (settings: object): number => 1 - sizes(settings).meanHeld / plain.meanHeld;
const everythingLossless = { deduplicate: true, compact: true, compress: true };

describe('bytes of real conversations', () => {
  it('are those of the written conversations, one by one, when nothing is done to them', () => {
    const talks = sampleConversations(48, 1);
    expect([...plain.held]).toEqual(talks.map((talk) => contextBytes(talk)));
    expect([...plain.sent]).toEqual([...plain.held]);
  });

  it('under compression are those of zlib, to within 2 % all in all; what is sent stays plain', () => {
    const real = sampleConversations(48, 1).reduce((sum, talk) => sum + gzipSync(written(talk)).length, 0);
    const { held, sent } = sizes({ compress: true });
    expect(Math.abs(held.reduce((a, b) => a + b, 0) / real - 1)).toBeLessThan(0.02);
    expect([...sent]).toEqual([...plain.held]);
  });

  // The module says 73 to 78 %. What each part saves, and which of them come to that, is in docs/scenarios.md.
  it('fall by 73 to 78 % without losing a word', () => {
    expect(saved(everythingLossless)).toBeGreaterThan(0.73);
    expect(saved(everythingLossless)).toBeLessThan(0.78);
  });

  it('fall by as much through pruning alone, to a window of 2048 tokens; by less at 4096', () => {
    expect(saved({ prune: 'tokens', windowTokens: 2048 })).toBeGreaterThan(0.7);
    expect(saved({ prune: 'tokens', windowTokens: 2048 })).toBeLessThan(0.78);
    expect(saved({ prune: 'tokens' })).toBeGreaterThan(0.53);
    expect(saved({ prune: 'tokens' })).toBeLessThan(0.65);
  });

  it('fall by more with pruning and compression, and least by the rule as printed, which has no window', () => {
    expect(saved({ ...everythingLossless, prune: 'tokens' })).toBeGreaterThan(0.82);
    const printed = saved({ prune: 'printed' });
    expect(printed).toBeLessThan(saved({ prune: 'relevance' }));
    expect(printed).toBeLessThan(saved({ prune: 'tokens' }) - 0.1);
  });

  it('fall with each part alone', () => {
    for (const part of ['deduplicate', 'compact', 'compress'])
      expect(saved({ [part]: true })).toBeGreaterThan(0.1);
  });

  it('are measured once for the same settings, and anew for another sample', () => {
    expect(sizes()).toBe(plain);
    const other = sizes({ sample: { conversations: 10, seed: 2 } });
    expect(other.held).toHaveLength(10);
    expect(other.held[0]).not.toBe(plain.held[0]);
  });
});
