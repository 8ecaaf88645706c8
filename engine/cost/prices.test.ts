import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PriceBook, type ModelProfile, type PriceRow } from './prices.ts';
import type { Usage } from './task.ts';

const row = (settings: Partial<PriceRow> = {}): PriceRow => ({
  from: null,
  inputUsdPerM: 3,
  outputUsdPerM: 15,
  cacheReadUsdPerM: 0.3,
  cacheWriteUsdPerM: 3.75,
  ...settings,
});
const model = (name: string, ...prices: PriceRow[]): ModelProfile => ({
  name,
  accuracy: 0.9,
  quality: 0.9,
  meanMs: 1000,
  prices: prices.length === 0 ? [row()] : prices,
});
const usage = (settings: Partial<Usage> = {}): Usage => ({
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  ...settings,
});
const NOON = Date.UTC(2026, 10, 23, 12);

describe('cost of a call', () => {
  it('worked by hand: 10,000 tokens in of which 8,000 cached and 1,000 written, 500 out', () => {
    const book = new PriceBook([model('sonnet')]);
    const used = usage({
      inputTokens: 10_000,
      cachedTokens: 8000,
      cacheWriteTokens: 1000,
      outputTokens: 500,
    });
    // 1000 × $3 + 8000 × $0.3 + 1000 × $3.75 + 500 × $15, for a million tokens: $0.01665
    expect(book.costOf('sonnet', used, NOON)).toBe(16_650_000_000);
    expect(book.costOf('sonnet', used, NOON, 750_000)).toBe(12_487_500_000);
    expect(book.costOf('sonnet', used, NOON, 0)).toBe(0);
  });

  it('prices a cached token once: at the price of reading, and not as input too', () => {
    const book = new PriceBook([model('sonnet')]);
    const all = usage({ inputTokens: 1000, cachedTokens: 1000 });
    expect(book.costOf('sonnet', all, NOON)).toBe(1000 * 300_000);
  });

  it('takes the input price where a provider has none for its prompt cache', () => {
    const book = new PriceBook([model('plain', row({ cacheReadUsdPerM: null, cacheWriteUsdPerM: null }))]);
    const used = usage({ inputTokens: 1000, cachedTokens: 600, cacheWriteTokens: 300 });
    expect(book.costOf('plain', used, NOON)).toBe(1000 * 3_000_000);
  });

  it('takes the cheapest token there is without a rest', () => {
    const book = new PriceBook([model('nano', row({ inputUsdPerM: 0.05, cacheReadUsdPerM: 0.000_001 }))]);
    expect(book.costOf('nano', usage({ inputTokens: 1, cachedTokens: 1 }), NOON)).toBe(1);
    expect(book.costOf('nano', usage({ inputTokens: 1 }), NOON)).toBe(50_000);
  });

  const price = fc.integer({ min: 0, max: 100_000_000 }).map((pico) => pico / 1e6);
  const count = fc.integer({ min: 0, max: 2_000_000 });

  it('is the formula in × p_in − cached × (p_in − p_read) + out × p_out + written × (p_write − p_in), and at most the worst case', () => {
    fc.assert(
      fc.property(
        price,
        price,
        price,
        price,
        count,
        count,
        count,
        count,
        (pIn, pOut, pRead, pWrite, ...n) => {
          const [plain, cachedTokens, cacheWriteTokens, outputTokens] = n as [number, number, number, number];
          const used = {
            inputTokens: plain + cachedTokens + cacheWriteTokens,
            cachedTokens,
            cacheWriteTokens,
            outputTokens,
          };
          const pico = (usd: number): bigint => BigInt(Math.round(usd * 1e6));
          const [p_in, p_out, p_read, p_write] = [pico(pIn), pico(pOut), pico(pRead), pico(pWrite)];
          const exact =
            BigInt(used.inputTokens) * p_in -
            BigInt(cachedTokens) * (p_in - p_read) +
            BigInt(outputTokens) * p_out +
            BigInt(cacheWriteTokens) * (p_write - p_in);
          const book = new PriceBook([
            model(
              'm',
              row({
                inputUsdPerM: pIn,
                outputUsdPerM: pOut,
                cacheReadUsdPerM: pRead,
                cacheWriteUsdPerM: pWrite,
              }),
            ),
          ]);
          expect(BigInt(book.costOf('m', used, 0))).toBe(exact);
          const worst = book.worstCostOf(
            'm',
            { inputTokens: used.inputTokens, maxOutputTokens: outputTokens },
            0,
          );
          expect(book.costOf('m', used, 0)).toBeLessThanOrEqual(worst);
        },
      ),
    );
  });

  it('at worst writes all input to the prompt cache and answers at full length', () => {
    const book = new PriceBook([model('writes'), model('reads', row({ cacheWriteUsdPerM: null }))]);
    const task = { inputTokens: 2000, maxOutputTokens: 1000 };
    expect(book.worstCostOf('writes', task, NOON)).toBe(2000 * 3_750_000 + 1000 * 15_000_000);
    expect(book.worstCostOf('reads', task, NOON)).toBe(2000 * 3_000_000 + 1000 * 15_000_000);
  });
});

describe('prices in time', () => {
  const change = Date.UTC(2026, 8, 1);
  const dated = (): PriceBook =>
    new PriceBook([
      model(
        'm',
        row({ inputUsdPerM: 2 }),
        row({ from: '2026-09-01' }),
        row({ from: '2026-09-01T14:30:00Z', inputUsdPerM: 4 }),
      ),
    ]);

  it('hold from the moment of their row, forwards and backwards', () => {
    const book = dated();
    const input = (ms: number): number => book.priceAt('m', ms).input / 1e6;
    expect([0, change - 1, change, change + 52_199_999, change + 52_200_000, change, -1].map(input)).toEqual([
      2, 2, 3, 3, 4, 3, 2,
    ]);
  });

  it('apply to calls that start after the change, whenever they are settled', () => {
    const book = dated();
    const used = usage({ inputTokens: 1_000_000 });
    const before = book.costOf('m', used, change - 1);
    expect(book.costOf('m', used, change)).toBe(3e12);
    expect(book.costOf('m', used, change - 1)).toBe(before);
    expect(before).toBe(2e12);
  });

  it('are found once and remembered', () => {
    const book = dated();
    expect(book.priceAt('m', change + 1)).toBe(book.priceAt('m', change + 2));
  });

  it('change in mid-run by a lever, for the model itself only', () => {
    const book = new PriceBook([model('a'), model('b')]);
    const old = book.priceAt('a', NOON);
    book.set('a', [row({ inputUsdPerM: 30 })]);
    expect(book.priceAt('a', NOON).input).toBe(30_000_000);
    expect(old.input).toBe(3_000_000);
    expect(book.priceAt('b', NOON).input).toBe(3_000_000);
    expect(book.models.map(({ prices }) => prices[0]!.inputUsdPerM)).toEqual([30, 3]);
    expect(() => book.set('a', [])).toThrow(/prices: expected at least one row/);
    expect(book.priceAt('a', NOON).input).toBe(30_000_000);
  });

  it('say what a batch costs', () => {
    const book = new PriceBook([model('a', row({ batchPpm: 500_000 })), model('b')]);
    expect(book.priceAt('a', 0).batchPpm).toBe(500_000);
    expect(book.priceAt('b', 0).batchPpm).toBe(1_000_000);
  });
});

describe('bad input', () => {
  const book = new PriceBook([model('gpt-4'), model('gpt-4-turbo')]);

  it('an unknown model, with the one that was probably meant', () => {
    expect(() => book.model('gpt-4-trubo')).toThrow(
      /model: expected .*, got "gpt-4-trubo"\. Did you mean "gpt-4-turbo"\?/,
    );
    expect(() => book.priceAt('claude-sonnet', 0)).toThrow(/Add it to the price list/);
    expect(() => book.costOf('', usage(), 0)).toThrow(/model/);
    expect(() => book.set('x', [row()])).toThrow(/model/);
  });

  it.each([-1, NaN, 0.5, Infinity, 1e16])('%s tokens', (n) => {
    for (const key of ['inputTokens', 'cachedTokens', 'cacheWriteTokens', 'outputTokens'])
      expect(() => book.costOf('gpt-4', usage({ [key]: n }), 0)).toThrow(
        new RegExp(`${key}: expected a whole number of tokens`),
      );
    expect(() => book.worstCostOf('gpt-4', { inputTokens: n, maxOutputTokens: 1 }, 0)).toThrow(/inputTokens/);
    expect(() => book.worstCostOf('gpt-4', { inputTokens: 1, maxOutputTokens: n }, 0)).toThrow(
      /maxOutputTokens/,
    );
  });

  it('more cached and written tokens than input', () => {
    const used = usage({ inputTokens: 99, cachedTokens: 50, cacheWriteTokens: 50 });
    expect(() => book.costOf('gpt-4', used, 0)).toThrow(
      /expected at least the 50 cached and 50 written tokens/,
    );
  });

  it('a call for more than an amount can hold', () => {
    expect(() => book.costOf('gpt-4', usage({ outputTokens: 1e9 }), 0)).toThrow(
      /at most \$9,007, got \$15000/,
    );
  });

  it.each([NaN, Infinity])('a time of %s', (ms) => {
    expect(() => book.priceAt('gpt-4', ms)).toThrow(/nowMs/);
  });

  it.each([-1, NaN, 1.5, 1_000_001])('a discount of %s parts per million', (ppm) => {
    expect(() => book.costOf('gpt-4', usage(), 0, ppm)).toThrow(/discountPpm/);
  });

  it.each<[string, Partial<PriceRow>, RegExp]>([
    ['a NaN price', { inputUsdPerM: NaN }, /models\.0\.prices\.0\.inputUsdPerM: expected a number, got NaN/],
    ['a price below 0', { outputUsdPerM: -1 }, /outputUsdPerM: expected a price of \$0 or more/],
    ['an infinite price', { outputUsdPerM: Infinity }, /outputUsdPerM: expected a price up to/],
    ['a part of a pico-dollar', { cacheReadUsdPerM: 0.000_000_5 }, /in steps of \$0\.000001/],
    ['a day that does not exist', { from: '2026-02-30' }, /from: expected a date/],
    ['text for a day', { from: 'tomorrow' }, /from: expected a date/],
    ['batch prices above the price', { batchPpm: 1_000_001 }, /batchPpm/],
  ])('%s', (_, settings, message) => {
    expect(() => new PriceBook([model('m', row(settings))])).toThrow(message);
  });

  it.each<[string, PriceRow[]]>([
    ['a first row with a date', [row({ from: '2026-01-01' })]],
    ['two first rows', [row(), row()]],
    ['rows out of order', [row(), row({ from: '2026-02-01' }), row({ from: '2026-01-01' })]],
    ['one date twice', [row(), row({ from: '2026-02-01' }), row({ from: '2026-02-01T00:00:00Z' })]],
  ])('%s', (_, rows) => {
    expect(() => new PriceBook([model('m', ...rows)])).toThrow(/rows in order of date/);
  });

  it('no models, and two of one name', () => {
    expect(() => new PriceBook([])).toThrow(/models: expected at least one model/);
    expect(() => new PriceBook([model('a'), model('a')])).toThrow(/models of different names/);
  });
});
