import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../core/errors.ts';
import { CATALOGUE, MODULE_PROFILES } from './catalogue.ts';
import { exportPrices, importPrices } from './price-file.ts';

const first = MODULE_PROFILES[0]!;
const file = (models: unknown, more: object = {}): string =>
  JSON.stringify({ format: 'surge-lab-prices', version: 1, models, ...more });
const withRow = (row: object): string => file([{ ...first, prices: [{ ...first.prices[0], ...row }] }]);

describe('a price file', () => {
  it('comes back as it was, module and catalogue', () => {
    const models = [...MODULE_PROFILES, ...CATALOGUE];
    expect(importPrices(exportPrices(models)).models).toEqual(models);
    expect(importPrices(`\uFEFF${exportPrices(models)}`).models).toEqual(models);
    expect(exportPrices(importPrices(exportPrices(models)).models)).toBe(exportPrices(models));
  });

  it('comes back to the last digit, whatever the prices', () => {
    const usd = fc.integer({ min: 0, max: 1e10 }).map((pico) => pico / 1e6);
    const row = fc.record({
      inputUsdPerM: usd,
      outputUsdPerM: usd,
      cacheReadUsdPerM: fc.option(usd),
      cacheWriteUsdPerM: fc.option(usd),
    });
    fc.assert(
      fc.property(row, fc.double({ min: 0, max: 1, noNaN: true }), (prices, share) => {
        const accuracy = share + 0; // −0 is 0 in JSON
        const models = [{ ...first, accuracy, quality: accuracy, prices: [{ from: null, ...prices }] }];
        expect(importPrices(exportPrices(models)).models).toEqual(models);
      }),
    );
  });

  it('remarks on what is unlikely, and takes it', () => {
    expect(importPrices(exportPrices(MODULE_PROFILES)).warnings).toEqual([]);
    expect(importPrices(exportPrices(CATALOGUE)).warnings).toEqual([]);
    const { warnings } = importPrices(
      withRow({ outputUsdPerM: 1, cacheReadUsdPerM: 40, cacheWriteUsdPerM: 0 }),
    );
    expect(warnings).toEqual([
      'gpt-4: cached tokens are dearer than input.',
      'gpt-4: writing to the prompt cache is cheaper than input. For "no surcharge" write null.',
      'gpt-4: output is cheaper than input.',
    ]);
  });
});

describe('refuses', () => {
  it.each<[string, string, RegExp]>([
    ['an empty file', '', /price file: expected JSON, got an empty file/],
    ['half a file', exportPrices(MODULE_PROFILES).slice(0, 200), /price file: expected JSON/],
    ['NaN', withRow({}).replace('30', 'NaN'), /price file: expected JSON/],
    ['a list', '[]', /format: expected a value, got nothing\. Export the current prices/],
    ['another format', '{"format":"litellm"}', /format: expected "surge-lab-prices", got "litellm"/],
    [
      'a later version',
      file([first], { version: 2 }),
      /version: expected 1, the version this lab reads, got 2/,
    ],
    [
      'an unknown field',
      withRow({ inputUsdPerMillion: 3 }),
      /models\.0\.prices\.0\.inputUsdPerMillion.*Did you mean "inputUsdPerM"/,
    ],
    ['a polluting field', file([first]).replace('"accuracy"', '"__proto__":1,"accuracy"'), /models\.0/],
    [
      'a missing price',
      withRow({ outputUsdPerM: undefined }),
      /models\.0\.prices\.0\.outputUsdPerM: expected a value, got nothing/,
    ],
    [
      'a price below 0',
      withRow({ inputUsdPerM: -0.5 }),
      /models\.0\.prices\.0\.inputUsdPerM: expected a price of \$0/,
    ],
    [
      'a price beyond numbers',
      withRow({}).replace('"inputUsdPerM":30', '"inputUsdPerM":1e999'),
      /inputUsdPerM/,
    ],
    ['text for a price', withRow({ inputUsdPerM: '3' }), /inputUsdPerM: expected a number, got "3"/],
    ['one model twice', file([first, first]), /models: expected models of different names/],
    ['no models', file([]), /models: expected at least one model/],
    [
      'an accuracy in percent',
      file([{ ...first, accuracy: 98 }]),
      /models\.0\.accuracy: expected a share from 0 to 1, got 98/,
    ],
    ['a name with a space before it', file([{ ...first, name: ' gpt-4' }]), /models\.0\.name/],
    ['a book', `"${'x'.repeat(5_000_000)}"`, /at most 5000000 characters/],
  ])('%s', (_, text, message) => {
    expect(() => importPrices(text)).toThrow(message);
    expect(() => importPrices(text)).toThrow(InputError);
  });
});
