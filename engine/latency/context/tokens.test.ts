import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Length } from '../../cache/compression.ts';
import { contextBytes, utf8Bytes, type Message } from './message.ts';
import { conversationTokens, estimateTokens, messageTokens } from './tokens.ts';

/** Texts with the number of tokens that the public vocabulary cl100k gives them. */
const COUNTED: { name: string; tokens: number; within: number; text: string }[] = [
  { name: 'a greeting', tokens: 4, within: 0.01, text: 'Hello, world!' },
  {
    name: 'English prose',
    tokens: 94,
    within: 0.1,
    text: 'A cache keeps answers that were expensive to work out, so that the next request for the same thing is cheap. It helps only as long as people ask for the same things again and again, and as long as an answer stays true for a while. When everybody asks for something new at the same moment, the cache is of no use, and the work falls on whatever stands behind it. That is why the first minutes after a restart are the most dangerous ones.',
  },
  {
    name: 'a support request',
    tokens: 66,
    within: 0.1,
    text: 'Hi! I ordered a pair of wireless headphones last Tuesday (order #4471-90213) and the tracking page still says "label created". Could you please check whether it has shipped? I need them before Friday, otherwise I\'d like to cancel and get a refund to my Visa ending in 4242. Thanks!',
  },
  {
    name: 'JSON',
    tokens: 134,
    within: 0.15,
    text: '{\n  "order": {\n    "id": "4471-90213",\n    "status": "label_created",\n    "carrier": "UPS",\n    "eta": "2026-11-27",\n    "items": [\n      {\n        "sku": "HX-200",\n        "name": "Wireless headphones",\n        "quantity": 1,\n        "priceUsd": 129.99\n      },\n      {\n        "sku": "CB-010",\n        "name": "USB-C cable",\n        "quantity": 2,\n        "priceUsd": 9.5\n      }\n    ]\n  }\n}',
  },
  {
    name: 'JSON in one line',
    tokens: 179,
    within: 0.1,
    text: '[{"id":1017,"title":"Result number 1","url":"https://example.com/articles/1","score":0.86,"published":"2025-01-14T09:30:00Z"},{"id":2017,"title":"Result number 2","url":"https://example.com/articles/2","score":0.81,"published":"2025-02-14T09:30:00Z"},{"id":3017,"title":"Result number 3","url":"https://example.com/articles/3","score":0.76,"published":"2025-03-14T09:30:00Z"},{"id":4017,"title":"Result number 4","url":"https://example.com/articles/4","score":0.71,"published":"2025-04-14T09:30:00Z"}]',
  },
  {
    name: 'code',
    tokens: 77,
    within: 0.12,
    text: 'export function median(values: readonly number[]): number {\n  const sorted = [...values].sort((a, b) => a - b);\n  const middle = Math.floor(sorted.length / 2);\n  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;\n}\n',
  },
  {
    name: 'Markdown',
    tokens: 51,
    within: 0.12,
    text: '## Summary\n\n- **Latency** fell from 12 s to 94 ms\n- The hit rate is `97 %`\n\n| tier | hits |\n|---|---|\n| L1 | 812 |\n| L2 | 140 |\n',
  },
  {
    name: 'figures',
    tokens: 40,
    within: 0.15,
    text: '3.14159265358979 2026-11-23T14:50:00Z 1,250,000 0x7ffee4 +49 30 901820',
  },
  {
    name: 'identifiers',
    tokens: 51,
    within: 0.12,
    text: 'req_8f14e45fceea167a5a36dedd4bea2543 c9f0f895-fb98-4b91-8d3a-5c1e2f6d7a90',
  },
  {
    name: 'capitals',
    tokens: 11,
    within: 0.1,
    text: 'THIS IS IMPORTANT: DO NOT DELETE THE PRODUCTION DATABASE',
  },
  { name: 'emoji', tokens: 18, within: 0.1, text: 'Great, thank you so much! 🎉🚀 See you tomorrow 👋' },
  {
    name: 'Chinese',
    tokens: 63,
    within: 0.15,
    text: '缓存保存了计算代价很高的答案，这样下一次对同一内容的请求就会很便宜。只有当人们一再询问同样的事情时，它才有帮助。',
  },
  {
    name: 'Japanese',
    tokens: 32,
    within: 0.15,
    text: 'キャッシュは計算に時間がかかる答えを保存し、次の同じ要求を安くします。',
  },
  {
    name: 'Russian',
    tokens: 42,
    within: 0.1,
    text: 'Кэш хранит ответы, вычисление которых обошлось дорого, чтобы следующий такой же запрос был дешёвым.',
  },
  {
    name: 'German',
    tokens: 49,
    within: 0.35,
    text: 'Ein Zwischenspeicher bewahrt Antworten auf, deren Berechnung teuer war, damit die nächste gleiche Anfrage billig ist. Das hilft nur, solange dieselben Dinge immer wieder gefragt werden.',
  },
];

describe('the estimate of tokens', () => {
  it.each(COUNTED)('is near the count for $name', ({ text, tokens, within }) => {
    expect(Math.abs(estimateTokens(text) / tokens - 1)).toBeLessThan(within);
  });

  it('is far nearer than length / 4 where texts are not prose', () => {
    for (const { name, text, tokens } of COUNTED)
      if (name === 'JSON' || name === 'Chinese')
        expect(Math.abs(text.length / 4 / tokens - 1)).toBeGreaterThan(
          2 * Math.abs(estimateTokens(text) / tokens - 1),
        );
  });

  it('is 0 for nothing, at least 1 for anything but a space, and grows with the text', () => {
    expect(estimateTokens('')).toBe(0);
    expect(estimateTokens('a')).toBe(1);
    expect(estimateTokens('\n')).toBe(1);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const [one, both] = [estimateTokens(a), estimateTokens(`${a}\n${b}`)];
        if (/\S/.test(a)) expect(one).toBeGreaterThanOrEqual(1);
        expect(both).toBeGreaterThanOrEqual(one);
      }),
    );
  });
});

describe('tokens of a conversation', () => {
  const message: Message = { id: 'm1', role: 'user', text: 'Hello, world!', atMs: 0 };

  it('count what stands around each message, and what opens the answer', () => {
    expect(messageTokens(message, estimateTokens)).toBe(4 + 4);
    expect(conversationTokens([message, message], estimateTokens)).toBe(2 * 8 + 3);
    expect(conversationTokens([], estimateTokens)).toBe(0);
    expect(conversationTokens([message], (text) => text.length, { perMessage: 1, perConversation: 0 })).toBe(
      14,
    );
  });
});

describe('bytes of a conversation', () => {
  it('are those of UTF-8, as the caches count them', () => {
    expect(utf8Bytes('aä€😀')).toBe(1 + 2 + 3 + 4);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Bytes(text)).toBe(utf8Length(text));
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
    expect(utf8Bytes('\ud800')).toBe(3);
    expect(contextBytes([])).toBe(2);
  });
});
