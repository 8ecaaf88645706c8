import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextHash, normalise, semanticKey } from './normalise.ts';

describe('normalise', () => {
  it.each([
    ['  What  is\tthe capital\nof France?? ', 'what is the capital of france'],
    ['Ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
    ['Hello, world. How are you!', 'hello world how are you'],
    ['a remark (like this) ends', 'a remark like this ends'],
    ['¿Qué tal?', 'qué tal'],
    ['zero​width', 'zero width'],
  ])('%j becomes %j', (text, expected) => expect(normalise(text)).toBe(expected));

  it.each([
    ['3.14', '314'],
    ['.5', '5'],
    ['C', 'C#'],
    ['C', 'C++'],
    ['x < 5', 'x > 5'],
    ['a && b', 'a || b'],
    ['50', '50%'],
    ['$5', '5'],
    ['-5', '5'],
    ['!important', 'important'],
    ['node.js', 'node js'],
    ['translate "US"', 'translate "us"'],
    ['what does `A b` do', 'what does `a b` do'],
    ['say "yes."', 'say "yes"'],
  ])('keeps %j and %j apart', (a, b) => expect(normalise(a)).not.toBe(normalise(b)));

  it('changes nothing the second time', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
    ));
});

describe('semantic key', () => {
  it('is the wording and the context', () => {
    const here = contextHash('model-a', 'be brief');
    expect(semanticKey('Hi!', here)).toBe(semanticKey(' hi ', here));
    expect(semanticKey('Hi!', here)).not.toBe(semanticKey('Hi!', contextHash('model-a', 'be long')));
  });
  it('tells where one part of a context ends', () =>
    expect(contextHash('ab', 'c')).not.toBe(contextHash('a', 'bc')));
});
