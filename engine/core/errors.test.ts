import { describe, expect, it } from 'vitest';
import { InputError, nearest, show, within } from './errors.ts';

describe('InputError', () => {
  it('says where, what was expected, what was got and what to do', () => {
    const error = new InputError('load.ratePerS', 'a number of 0 or more', '-1', 'Make it positive.');
    expect(error.message).toBe('load.ratePerS: expected a number of 0 or more, got -1. Make it positive.');
    expect(error.place).toBe('load.ratePerS');
    expect(error.name).toBe('InputError');
    expect(new InputError('a', 'b', 'c').message).toBe('a: expected b, got c.');
  });
});

describe('a place within another', () => {
  it('is named with it; other errors are left as they are', () => {
    const refuse = (): never => {
      throw new InputError('lever', 'one of a, b', '"c"', 'Did you mean "b"?');
    };
    expect(() => within('presets.rescue.pulls', refuse)).toThrow(
      'presets.rescue.pulls: lever: expected one of a, b, got "c". Did you mean "b"?',
    );
    expect(() => within('x', () => JSON.parse('{') as unknown)).toThrow(SyntaxError);
    expect(within('x', () => 3)).toBe(3);
  });
});

describe('nearest', () => {
  const names = ['servers', 'service', 'discipline', 'maxQueue'];
  it.each([
    ['server', 'servers'],
    ['maxqueue', 'maxQueue'],
    ['disipline', 'discipline'],
    ['SERVICE', 'service'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, names)).toBe(meant);
  });
  it('makes no guess when nothing is close', () => {
    expect(nearest('cheese', names)).toBeUndefined();
    expect(nearest('x', [])).toBeUndefined();
  });
});

describe('show', () => {
  it('is short and recognisable', () => {
    expect(show(undefined)).toBe('nothing');
    expect(show(null)).toBe('null');
    expect(show(NaN)).toBe('NaN');
    expect(show('3')).toBe('"3"');
    expect(show({ a: [1] })).toBe('{"a":[1]}');
    expect(show('x'.repeat(200))).toHaveLength(78);
  });
});
