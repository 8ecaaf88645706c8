import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { APART_MS, MOST_MESSAGES, readChat } from './chat-format.ts';
import { ROLES } from './message.ts';
import { sampleConversation } from './samples.ts';

const brief = (text: string) => readChat(text).messages.map(({ role, text }) => [role, text]);
const wrong = (input: string): InputError => {
  try {
    readChat(input);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('it was read');
};

describe('a conversation that is pasted', () => {
  const said = [
    ['system', 'Be brief.'],
    ['user', 'Hello'],
  ];
  it.each([
    ['list', '[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}]'],
    [
      'object',
      '{"model":"m","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"Hello"}]}',
    ],
    [
      'object',
      '{"system":"Be brief.","messages":[{"role":"human","content":[{"type":"text","text":"Hello"}]}]}',
    ],
    ['lines', '{"role":"system","content":"Be brief."}\n\n{"role":"user","content":"Hello"}\n'],
    ['plain', 'System: Be brief.\n**User**: Hello'],
  ])('is read as %s', (format, text) => {
    expect(brief(text)).toEqual(said);
    expect(readChat(text)).toMatchObject({ format, timed: false, others: 0 });
    expect(readChat(text).messages.map(({ atMs }) => atMs)).toEqual([0, APART_MS]);
  });

  it('keeps the lines of a plain turn together', () => {
    expect(brief('\uFEFFuser: one\ntwo\n\nthree: four\nassistant:five')).toEqual([
      ['user', 'one\ntwo\n\nthree: four'],
      ['assistant', 'five'],
    ]);
  });

  it('is the first of several, and says how many others there are', () => {
    const line = '{"messages":[{"role":"user","content":"Hello"}]}';
    expect(readChat(`${line}\n${line}\n${line}`)).toMatchObject({ messages: [{ text: 'Hello' }], others: 2 });
  });

  it('has its calls paired with their results, in either of the usual forms', () => {
    const one = JSON.stringify([
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'find', arguments: '{"q":1}' } },
          { id: 'c2', type: 'function', function: { name: 'find', arguments: '{"q":2}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'one' },
      { role: 'tool', tool_call_id: 'c2', content: 'two' },
    ]);
    expect(readChat(one).messages).toMatchObject([
      { role: 'assistant', text: 'find({"q":1})', toolCallId: 'c1' },
      { role: 'assistant', text: 'find({"q":2})', toolCallId: 'c2' },
      { role: 'tool', text: 'one', toolCallId: 'c1' },
      { role: 'tool', text: 'two', toolCallId: 'c2' },
    ]);
    const other = JSON.stringify([
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me look.' },
          { type: 'tool_use', id: 'c1', name: 'find', input: { q: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: 'one' }] },
          { type: 'image_url', image_url: {} },
        ],
      },
    ]);
    expect(readChat(other).messages).toMatchObject([
      { role: 'assistant', text: 'Let me look.\nfind({"q":1})', toolCallId: 'c1' },
      { role: 'tool', text: 'one', toolCallId: 'c1' },
      { role: 'user', text: '[image_url]' },
    ]);
  });

  it('has its own times and names, where it has any; time never goes back', () => {
    const text = JSON.stringify([
      { id: 'a', role: 'user', content: 'x', timestamp: '2026-01-01T00:00:00Z' },
      { id: 'a', role: 'user', content: 'y', created_at: 1_767_225_610 },
      { role: 'user', content: 'z', atMs: 5 },
    ]);
    const { messages, timed } = readChat(text);
    expect(timed).toBe(true);
    expect(messages.map(({ id }) => id)).toEqual(['a', 'm2', 'm3']);
    expect(messages.map(({ atMs }) => atMs - messages[0]!.atMs)).toEqual([0, 10_000, 10_000]);
  });

  it('comes back as it was written', () => {
    for (const kind of ['support', 'research', 'smallTalk'] as const) {
      const messages = sampleConversation({ kind, exchanges: 6, seed: 3 });
      expect(readChat(JSON.stringify(messages)).messages).toEqual(messages);
    }
  });
});

describe('what is no conversation', () => {
  it.each([
    ['', 'conversation', 'nothing'],
    ['   \n', 'conversation', 'nothing'],
    ['Dear Sir or Madam', 'line 1', '"Dear Sir or Madam"'],
    ['[{"role":"user" "content":"x"}]', 'conversation', 'JSON'],
    ['{"role":"user","content":"x"}\n{"role":"user"', 'line 2', 'JSON'],
    ['[]', 'conversation', 'an empty list'],
    ['{}', 'messages', 'nothing in it'],
    ['{"text":"x","id":1}', 'messages', 'an object with text, id'],
    ['{"messages":"none"}', 'messages', '"none"'],
    ['{"messages":[{"role":"user","content":"x"},7]}', 'messages.1', '7'],
    ['[{"role":"usr","content":"x"}]', '0.role', '"usr"'],
    ['[{"content":"x"}]', '0.role', 'nothing'],
    ['[{"role":"user"}]', '0.content', 'nothing'],
    ['[{"role":"user","content":5}]', '0.content', '5'],
    ['[{"role":"user","content":[{"x":1}]}]', '0.content.0', '{"x":1}'],
  ])('%j says where and what', (text, place, got) => {
    const error = wrong(text);
    expect(error.place).toBe(place);
    expect(error.got).toContain(got);
  });

  it('says what was probably meant, and what is too much', () => {
    expect(wrong('[{"role":"asistant","content":"x"}]').advice).toBe('Did you mean "assistant"?');
    const many = JSON.stringify(
      Array.from({ length: MOST_MESSAGES + 1 }, () => ({ role: 'user', content: 'x' })),
    );
    expect(wrong(many)).toMatchObject({ expected: 'at most 20000 messages', got: '20001' });
  });
});

it('whatever is said is read as it was said', () => {
  const message = fc.record({ role: fc.constantFrom(...ROLES), content: fc.string({ unit: 'grapheme' }) });
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), fc.boolean(), (list, lines) => {
      const text =
        lines && list.length > 1 ? list.map((m) => JSON.stringify(m)).join('\n') : JSON.stringify(list);
      expect(brief(text)).toEqual(list.map(({ role, content }) => [role, content]));
    }),
  );
});
