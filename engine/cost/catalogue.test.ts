import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, MODULE_PROFILES } from './catalogue.ts';
import { PriceBook, type PriceRow } from './prices.ts';

describe("the module's profiles", () => {
  it('cost the same for input, output and cached tokens', () => {
    const book = new PriceBook(MODULE_PROFILES);
    const thousand = { inputTokens: 1000, cachedTokens: 500, cacheWriteTokens: 0, outputTokens: 0 };
    expect(book.models.map(({ name }) => book.costOf(name, thousand, 0) / 1e12)).toEqual([
      0.03, 0.01, 0.0015,
    ]);
    expect(book.costOf('gpt-4', { ...thousand, outputTokens: 1000 }, 0)).toBe(60_000_000_000);
    expect(
      book.models.map(({ name, accuracy, meanMs, quality }) => [name, accuracy, meanMs, quality]),
    ).toEqual([
      ['gpt-4', 0.98, 2000, 0.95],
      ['gpt-4-turbo', 0.96, 1500, 0.9],
      ['gpt-3.5-turbo', 0.92, 1000, 0.85],
    ]);
  });
});

describe('the catalogue', () => {
  const book = new PriceBook(CATALOGUE);

  it('is a valid price book, beside the module too', () => {
    expect(new PriceBook([...MODULE_PROFILES, ...CATALOGUE]).models).toHaveLength(21);
    expect(CATALOGUE.every(({ assumed }) => assumed)).toBe(true);
    expect(MODULE_PROFILES.some(({ assumed }) => assumed)).toBe(false);
  });

  it('assumes no less of a dearer model', () => {
    const byPrice = [...CATALOGUE].sort((a, b) => a.prices[0]!.outputUsdPerM - b.prices[0]!.outputUsdPerM);
    for (const key of ['accuracy', 'quality', 'meanMs'] as const) {
      const values = byPrice.map((model) => model[key]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });

  it('changes prices on the announced days', () => {
    const output = (name: string, day: string): number => book.priceAt(name, Date.parse(day)).output / 1e6;
    expect(output('gpt-5.6-luna', '2026-07-29')).toBe(6);
    expect(output('gpt-5.6-luna', '2026-07-30')).toBe(1.2);
    expect(output('claude-sonnet-5', '2026-08-31')).toBe(10);
    expect(output('claude-sonnet-5', '2026-09-01')).toBe(15);
  });
});

interface Listed {
  litellm_key: string;
  provider: string;
  max_input_tokens: number;
  prompt_cache_min_tokens?: number;
  input_cost_per_token: number;
  output_cost_per_token: number;
  cache_read_input_token_cost: number | null;
  cache_creation_input_token_cost: number | null;
  input_cost_per_token_batches?: number;
  output_cost_per_token_batches?: number;
  crosscheck_agrees?: boolean;
  superseded_by_usd_per_mtok?: {
    input: number;
    output: number;
    from_date: string;
    input_cached: number | null;
  };
}
interface Truth {
  models: Listed[];
  rules: { cache_write_5m_multiplier_of_input: number; batch_multiplier: number };
}
const truth = new URL('../../../shared/truth/model-prices.json', import.meta.url);

describe.skipIf(!existsSync(truth))('against the table it was taken from', () => {
  const { models, rules } = existsSync(truth)
    ? (JSON.parse(readFileSync(truth, 'utf8')) as Truth)
    : ({ models: [], rules: {} } as unknown as Truth);
  const perM = (perToken: number): number => Math.round(perToken * 1e12) / 1e6;

  it('has the same models', () => {
    expect(CATALOGUE.map(({ name }) => name)).toEqual(models.map((listed) => listed.litellm_key));
  });

  it.each(models.map((listed) => [listed.litellm_key, listed] as const))('%s', (name, listed) => {
    const model = CATALOGUE.find((candidate) => candidate.name === name)!;
    expect(model.provider).toBe(listed.provider);
    expect(model.maxInputTokens).toBe(listed.max_input_tokens);
    expect(model.promptCacheMinTokens).toBe(listed.prompt_cache_min_tokens);
    const [now, later, ...more] = model.prices as [PriceRow, ...PriceRow[]];
    expect(more).toEqual([]);
    expect(now.inputUsdPerM).toBe(perM(listed.input_cost_per_token));
    expect(now.outputUsdPerM).toBe(perM(listed.output_cost_per_token));
    const { cache_read_input_token_cost: read, cache_creation_input_token_cost: write } = listed;
    expect(now.cacheReadUsdPerM).toBe(read === null ? null : perM(read));
    // A write "for nothing" is one without a surcharge.
    expect(now.cacheWriteUsdPerM).toBe(write === null || write === 0 ? null : perM(write));
    if (now.batchPpm !== undefined) expect(now.batchPpm).toBe(rules.batch_multiplier * 1e6);
    if (listed.input_cost_per_token_batches !== undefined) {
      expect((now.inputUsdPerM * now.batchPpm!) / 1e6).toBe(perM(listed.input_cost_per_token_batches));
      expect((now.outputUsdPerM * now.batchPpm!) / 1e6).toBe(perM(listed.output_cost_per_token_batches!));
    }
    const next = listed.crosscheck_agrees ? listed.superseded_by_usd_per_mtok : undefined;
    if (!next) return expect(later).toBeUndefined();
    expect(later?.from).toBe(next.from_date);
    expect(later?.inputUsdPerM).toBe(next.input);
    expect(later?.outputUsdPerM).toBe(next.output);
    expect(later?.cacheReadUsdPerM).toBe(
      next.input_cached ?? perM((next.input * read!) / listed.input_cost_per_token / 1e6),
    );
    expect(later?.cacheWriteUsdPerM).toBe(next.input * rules.cache_write_5m_multiplier_of_input);
  });
});
