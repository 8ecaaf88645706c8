import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseParameters, toolKey } from './parameters.ts';

describe('parameters', () => {
  it.each([
    ['order of keys', { b: 1, a: 2 }, { a: 2, b: 1 }],
    ['order within', { a: { y: 1, x: 2 } }, { a: { x: 2, y: 1 } }],
    ['white space', { q: '  new \n york ' }, { q: 'new york' }],
    ['numbers', { n: 1.0, z: -0 }, { n: 1, z: 0 }],
    ['composed letters', { q: 'cafe\u0301' }, { q: 'café' }],
    ['undefined', { a: 1, b: undefined }, { a: 1 }],
    ['defaults', { a: 1, limit: 10 }, { a: 1 }],
  ])('%s: the same key', (_, one, other) => {
    const rules = { defaults: { limit: 10 } };
    expect(normaliseParameters(one, rules)).toBe(normaliseParameters(other, rules));
  });

  it.each([
    ['letter case', { q: 'Paris' }, { q: 'paris' }],
    ['order of lists', { l: [1, 2] }, { l: [2, 1] }],
    ['type', { n: 1 }, { n: '1' }],
    ['null and nothing', { n: null }, {}],
    ['another than the default', { limit: 11 }, {}],
  ])('%s: another key', (_, one, other) => {
    const rules = { defaults: { limit: 10 } };
    expect(normaliseParameters(one, rules)).not.toBe(normaliseParameters(other, rules));
  });

  it('refuses what JSON does not carry, and says where', () => {
    expect(() => normaliseParameters({ a: { b: [1, NaN] } })).toThrow(
      'a.b.1: expected a finite number, got NaN',
    );
    expect(() => normaliseParameters({ f: () => 1 })).toThrow('f: expected a value that JSON carries');
    const cycle: Record<string, unknown> = {};
    cycle['me'] = cycle;
    expect(() => normaliseParameters(cycle)).toThrow('a cycle');
    expect(() => toolKey(' ', {})).toThrow('tool: expected the name of a tool');
  });

  it('is stable: it reads back as what it stands for, and again gives itself', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (parameters) => {
        const text = normaliseParameters(parameters);
        expect(normaliseParameters(JSON.parse(text) as Record<string, unknown>)).toBe(text);
      }),
    );
  });
});
