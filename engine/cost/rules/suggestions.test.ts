import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestions, tokens } from './suggestions.ts';

const offer = (marked: string): { from: number; texts: string[] } => {
  const caret = marked.indexOf('|');
  const { from, options } = suggestions(marked.replace('|', ''), caret);
  return { from, texts: options.map((option) => option.text) };
};

describe('suggestions', () => {
  it('are fields and functions where a value is due', () => {
    expect(offer('|').texts).toEqual(expect.arrayContaining(['tokens', 'warm', 'not', 'min(']));
    expect(offer('tokens < 5 and com|')).toEqual({ from: 15, texts: ['complexity'] });
    expect(offer('ma|')).toEqual({ from: 0, texts: ['max_latency', 'max('] });
    expect(offer('(|').texts).toContain('tokens');
    expect(offer('CRIT|').texts).toEqual(['criticality']);
  });

  it('are operators after a value, and units after a number', () => {
    expect(offer('tokens |').texts).toEqual(expect.arrayContaining(['<', 'and', 'not in']));
    expect(offer('tokens |').texts).not.toContain('tokens');
    expect(offer('warm a|')).toEqual({ from: 5, texts: ['and'] });
    expect(offer('max_latency > 5 m|')).toEqual({ from: 16, texts: ['ms', 'min'] });
    expect(offer('max_latency > 5m|')).toEqual({ from: 15, texts: ['ms', 'min'] });
    expect(offer('max_latency > 5 s |').texts).not.toContain('ms');
  });

  it('are the names of a choice where it is compared', () => {
    expect(offer('criticality == |').texts.slice(0, 4)).toEqual([
      '"critical"',
      '"high"',
      '"normal"',
      '"low"',
    ]);
    expect(offer('criticality == "h|')).toEqual({ from: 15, texts: ['"high"'] });
    expect(offer("criticality == 'h|").texts).toEqual(['"high"']);
    expect(offer('criticality in ["critical", |').texts).toContain('"high"');
    expect(offer('criticality not in [|').texts).toContain('"low"');
    expect(offer('tenant == "|').texts).toEqual([]);
    expect(offer('"|').texts).toEqual([]);
    expect(offer('== "|').texts).toEqual([]);
  });

  it('never fail, and replace what lies before the caret', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: -2, max: 12 }), (text, caret) => {
        const { from } = suggestions(text, caret);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from).toBeLessThanOrEqual(Math.min(Math.max(0, caret), text.length));
      }),
    );
  });
});

describe('tokens', () => {
  it('are what an editor colours', () => {
    const text = 'min(tokens, 5 s) in [1] and x == "a" && 2k';
    expect(tokens(text).map((t) => `${t.kind} ${text.slice(t.from, t.to)}`)).toEqual([
      'function min',
      'bracket (',
      'name tokens',
      'bracket ,',
      'number 5 s',
      'bracket )',
      'keyword in',
      'bracket [',
      'number 1',
      'bracket ]',
      'keyword and',
      'name x',
      'operator ==',
      'text "a"',
      'error &&',
      'error 2k',
    ]);
  });

  it('cover any text in order, with nothing but white space between them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        let end = 0;
        for (const { from, to } of tokens(text)) {
          expect(text.slice(end, from).trim()).toBe('');
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(text.slice(end).trim()).toBe('');
      }),
    );
  });
});
