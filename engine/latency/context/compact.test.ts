import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compact, compressed, compactSettings } from './compact.ts';
import { deduplicate } from './deduplicate.ts';
import { contextBytes, type Message, type Role } from './message.ts';
import { foldTables, minifyJson, unfoldTables } from './tables.ts';

let at = 0;
const message = (id: string, role: Role, text: string, toolCallId?: string): Message => ({
  id,
  role,
  text,
  atMs: at++,
  ...(toolCallId === undefined ? {} : { toolCallId }),
});
const texts = (messages: readonly Message[]): string[] => messages.map(({ id, text }) => `${id}: ${text}`);
const near = { nearFrom: 0.9, leastWords: 5 };
const policy =
  'Refunds are paid within five working days to the card that was used for the order in our shop';

describe('repeated messages', () => {
  it('keep the newest copy, and a reference to it in the place of an older one', () => {
    const { messages, repeats } = deduplicate(
      [
        message('a', 'assistant', policy),
        message('b', 'user', 'And where is it?'),
        message('c', 'assistant', policy),
      ],
      near,
    );
    expect(texts(messages)).toEqual(['a: [same as c, below]', 'b: And where is it?', `c: ${policy}`]);
    expect(repeats).toEqual([{ id: 'a', of: 'c', exact: true }]);
  });

  it('keep the first system message, and nothing of its repeats', () => {
    const { messages } = deduplicate(
      [message('s1', 'system', policy), message('u', 'user', 'hi'), message('s2', 'system', policy)],
      near,
    );
    expect(texts(messages)).toEqual([`s1: ${policy}`, 'u: hi']);
  });

  it('may differ in a word of twenty, and are then lost', () => {
    const other = policy.replace('shop', 'store');
    const list = [message('a', 'assistant', policy), message('c', 'assistant', other)];
    // 17 words shared, one of its own each: 17 / 19.
    expect(deduplicate(list, { ...near, nearFrom: 17 / 19 }).repeats).toEqual([
      { id: 'a', of: 'c', exact: false },
    ]);
    expect(deduplicate(list, near).repeats).toEqual([]);
  });

  it('are never of two roles, nor short', () => {
    expect(
      deduplicate([message('a', 'user', policy), message('c', 'assistant', policy)], near).repeats,
    ).toEqual([]);
    expect(
      deduplicate([message('a', 'user', 'yes please do'), message('c', 'user', 'yes please do')], near)
        .repeats,
    ).toEqual([]);
  });

  it('never differ in a figure or a negation', () => {
    const pairs = [
      ['Order 4471 was sent', 'Order 4472 was sent'],
      ['it is refundable', 'it is not refundable'],
      ['they can pay', "they can't pay"],
    ];
    for (const [a, b] of pairs) {
      const list = [
        message('a', 'assistant', `${policy}, ${a}`),
        message('c', 'assistant', `${policy}, ${b}`),
      ];
      expect(deduplicate(list, { ...near, nearFrom: 0.5 }).repeats).toEqual([]);
    }
  });

  it('stay where the reference would be longer', () => {
    const list = [message('a', 'user', 'a b c d e'), message('c', 'user', 'a b c d e')];
    expect(deduplicate(list, near).repeats).toEqual([]);
  });

  it('are found once: the second time nothing is left to find', () => {
    const word = fc.constantFrom(
      'red',
      'green',
      'blue',
      'seven',
      'not',
      '7',
      'house',
      'garden',
      'river',
      'stone',
    );
    const list = fc.array(
      fc.record({
        role: fc.constantFrom<Role>('system', 'user', 'assistant', 'tool'),
        text: fc.array(word, { minLength: 3, maxLength: 14 }).map((words) => words.join(' ')),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(list, fc.constantFrom(0.6, 0.8, 2), (items, nearFrom) => {
        const once = deduplicate(
          items.map(({ role, text }, i) => message(`m${i}`, role, text)),
          { nearFrom, leastWords: 4 },
        );
        const twice = deduplicate(once.messages, { nearFrom, leastWords: 4 });
        expect(twice.messages).toEqual(once.messages);
        const by = new Map(items.map((item, i) => [`m${i}`, item]));
        for (const { id, of } of once.repeats) {
          expect(by.get(id)!.role).toBe(by.get(of)!.role);
          expect(once.messages.find((m) => m.id === of)?.text).toBe(by.get(of)!.text);
        }
      }),
    );
  });
});

describe('tool results', () => {
  it('lose their indentation, and keep spaces and digits within', () => {
    expect(minifyJson('{ "a b" : "x  \\" y",\n  "n": 12345678901234567890.10 }')).toBe(
      '{"a b":"x  \\" y","n":12345678901234567890.10}',
    );
    expect(minifyJson('Error: no such { file }')).toBeUndefined();
  });

  it('become tables where rows are alike', () => {
    const folded = foldTables('[{"id":1,"name":"a"},{"id":2,"name":"b"},{"id":3,"name":"c"}]');
    expect(folded).toBe('{"~columns":["id","name"],"~rows":[[1,"a"],[2,"b"],[3,"c"]]}');
  });

  it.each([
    ['rows of other fields', '[{"identity":1},{"nickname":1},{"identity":1},{"identity":1},{"identity":1}]'],
    ['one row', '[{"id":1,"name":"a"}]'],
    ['rows without fields', '[{},{},{}]'],
    ['a number of too many digits', '[{"longname":12345678901234567890},{"longname":1}]'],
    ['a field twice', '[{"longname":1,"longname":2},{"longname":1}]'],
    ['a table of its own', '[{"~columns":["a"],"~rows":[[1]]},{"~columns":["a"],"~rows":[[1]]}]'],
    ['fields like numbers, which would change places', '[{"b":1,"1":2},{"b":1,"1":2},{"b":1,"1":2}]'],
    ['no list', '"text"'],
  ])('stay as they are with %s', (_, json) => {
    expect(foldTables(json)).toBe(json);
  });

  it('come back from a table to the character', () => {
    const row = fc.record({
      id: fc.integer(),
      name: fc.string(),
      tags: fc.array(fc.record({ k: fc.string() })),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(row), fc.record({ rows: fc.array(row) })), (value) => {
        const json = JSON.stringify(value);
        expect(unfoldTables(foldTables(JSON.stringify(value, null, 2))!)).toBe(minifyJson(json));
        expect(foldTables(json)!.length).toBeLessThanOrEqual(minifyJson(json)!.length);
      }),
    );
  });
});

describe('compaction', () => {
  const rows = Array.from({ length: 4 }, (_, i) => ({
    title: `Result ${i}`,
    url: `https://example.com/${i}`,
  }));
  const talk = [
    message('s1', 'system', policy),
    message('c1', 'assistant', 'search', 'x'),
    message('r1', 'tool', JSON.stringify(rows, null, 2), 'x'),
    message('s2', 'system', policy),
    message('a', 'assistant', JSON.stringify(rows, null, 2)),
  ];

  it('measures each part on what the one before it left, and touches no text of a person or model', () => {
    const { messages, parts } = compact(talk, compactSettings());
    expect(parts.map(({ name, lossless }) => `${name} ${lossless}`)).toEqual([
      'repeats true',
      'near repeats false',
      'indentation true',
      'tables true',
    ]);
    expect(parts[0]!.bytesBefore).toBe(contextBytes(talk));
    for (const [i, part] of parts.entries()) {
      expect(part.bytesAfter).toBeLessThanOrEqual(part.bytesBefore);
      if (i > 0) expect(part.bytesBefore).toBe(parts[i - 1]!.bytesAfter);
    }
    expect(parts.at(-1)!.bytesAfter).toBe(contextBytes(messages));
    expect(parts[2]!.bytesAfter).toBeLessThan(parts[2]!.bytesBefore);
    expect(parts[3]!.bytesAfter).toBeLessThan(parts[3]!.bytesBefore);
    expect(messages.at(-1)).toEqual(talk.at(-1));
    expect(messages.find(({ id }) => id === 'r1')).toMatchObject({ toolCallId: 'x', role: 'tool' });
  });

  it('does only what it is told to', () => {
    const nothing = compact(talk, compactSettings({ repeats: false, minify: false, tables: false }));
    expect(nothing).toEqual({ messages: talk, parts: [], repeats: [] });
    expect(compact(talk, compactSettings({ nearFrom: null })).parts).toHaveLength(3);
    expect(() => compactSettings({ nearFrom: 0.1 })).toThrow('a share from 0.5 to 1');
  });

  it('compresses at rest with what it is given, and never grows', () => {
    const half = compressed(talk, (text) => new Uint8Array(Math.floor(text.length / 2)));
    expect(half).toMatchObject({ name: 'compression', lossless: true, bytesBefore: contextBytes(talk) });
    expect(half.bytesAfter).toBeLessThan(half.bytesBefore);
    expect(compressed(talk, () => new Uint8Array(1e6)).bytesAfter).toBe(contextBytes(talk));
  });
});
