import type { ModelProfile, PriceRow } from './prices.ts';

/** The module's three profiles (Session 8 C): one price for input and output, and no prompt cache. */
export const MODULE_PROFILES: readonly ModelProfile[] = [
  moduleProfile('gpt-4', 30, 0.98, 2000, 0.95),
  moduleProfile('gpt-4-turbo', 10, 0.96, 1500, 0.9),
  moduleProfile('gpt-3.5-turbo', 1.5, 0.92, 1000, 0.85),
];

/** Day for which the prices below were last compared with a second list. */
export const AS_OF = '2026-08-05';

export const SOURCES = [
  'BerriAI/litellm, model_prices_and_context_window.json, commit 00035b69f416be24e2e323c13198d9b7d2d1bdf9',
  'simonw/llm-prices, commit 723ef0bd3a6254436e9fe8d7f05d4d787e99f4c5 (dates of changes, and a check of the prices)',
] as const;

/** Prices in $ for a million tokens: input, output, read from the prompt cache, written to it. */
type Prices = [input: number, output: number, read: number | null, write: number | null];

interface Listed {
  provider: string;
  maxInputTokens: number;
  promptCacheMinTokens?: number;
  now: Prices;
  /** A price announced for a later day. */
  later?: { from: string; prices: Prices };
  batch?: true;
}

/**
 * Published list prices. What they leave out:
 * - Anthropic's write price is that of the cache of 5 minutes; the cache of an hour costs twice the input price.
 * - Above 200,000 tokens of input (Gemini) or 272,000 (gpt-5.6) input costs twice and output one and a half times as much. This
 *   catalogue has the prices below that.
 * - Where only input and output of a later price are announced, cache prices keep their ratio to input.
 * - LiteLLM lists DeepSeek's cache writes at $0, meaning no charge beside the input price: null here, as a free write would make the
 *   input itself free. The second list has an older DeepSeek price ($0.27 and $1.10, from 2025-02-08); the table's is used.
 * - A batch costs half; it is given for providers that sell one.
 */
const LISTED: Record<string, Listed> = {
  'claude-opus-4-7': anthropic([5, 25, 0.5, 6.25], 1_000_000, 2048),
  'claude-sonnet-5': {
    ...anthropic([2, 10, 0.2, 2.5], 1_000_000, 1024),
    later: { from: '2026-09-01', prices: [3, 15, 0.3, 3.75] },
  },
  'claude-sonnet-4-6': anthropic([3, 15, 0.3, 3.75], 1_000_000, 1024),
  'claude-haiku-4-5': anthropic([1, 5, 0.1, 1.25], 200_000, 4096),
  'gpt-5.6': openai([5, 30, 0.5, 6.25], 1_050_000),
  'gpt-5.6-terra': {
    ...openai([2.5, 15, 0.25, 3.125], 1_050_000),
    later: { from: '2026-07-30', prices: [2, 12, 0.2, 2.5] },
  },
  'gpt-5.6-luna': {
    ...openai([1, 6, 0.1, 1.25], 1_050_000),
    later: { from: '2026-07-30', prices: [0.2, 1.2, 0.02, 0.25] },
  },
  'gpt-5-mini': openai([0.25, 2, 0.025, null], 272_000),
  'gpt-5-nano': openai([0.05, 0.4, 0.005, null], 272_000),
  'gpt-4o': openai([2.5, 10, 1.25, null], 128_000),
  'gpt-4o-mini': openai([0.15, 0.6, 0.075, null], 128_000),
  'gpt-4.1-mini': openai([0.4, 1.6, 0.1, null], 1_047_576),
  'gemini/gemini-2.5-pro': gemini([1.25, 10, 0.125, null]),
  'gemini/gemini-3.1-flash-lite-preview': gemini([0.25, 1.5, 0.025, null]),
  'deepseek/deepseek-chat': {
    provider: 'deepseek',
    maxInputTokens: 131_072,
    now: [0.28, 0.42, 0.028, null],
  },
  'groq/llama-3.3-70b-versatile': {
    provider: 'groq',
    maxInputTokens: 128_000,
    now: [0.59, 0.79, null, null],
  },
  'groq/openai/gpt-oss-120b': { provider: 'groq', maxInputTokens: 131_072, now: [0.15, 0.6, 0.075, null] },
  'amazon-nova/nova-micro-v1': {
    provider: 'amazon_nova',
    maxInputTokens: 128_000,
    now: [0.035, 0.14, null, null],
  },
};

/**
 * Current models at published prices. Their accuracy, quality and latency are not published in the sources: the values are rough,
 * in five classes by the price of output, marked `assumed`, and there to be edited.
 */
export const CATALOGUE: readonly ModelProfile[] = Object.entries(LISTED).map(
  ([name, { provider, maxInputTokens, promptCacheMinTokens, now, later, batch }]) => ({
    name,
    provider,
    ...assumedFor(now[1]),
    maxInputTokens,
    ...(promptCacheMinTokens === undefined ? {} : { promptCacheMinTokens }),
    assumed: true,
    prices: [row(null, now, batch), ...(later ? [row(later.from, later.prices, batch)] : [])],
  }),
);

function assumedFor(outputUsdPerM: number): Pick<ModelProfile, 'accuracy' | 'quality' | 'meanMs'> {
  if (outputUsdPerM >= 20) return { accuracy: 0.97, quality: 0.95, meanMs: 2500 };
  if (outputUsdPerM >= 10) return { accuracy: 0.95, quality: 0.9, meanMs: 2000 };
  if (outputUsdPerM >= 5) return { accuracy: 0.92, quality: 0.85, meanMs: 1200 };
  if (outputUsdPerM >= 1) return { accuracy: 0.88, quality: 0.8, meanMs: 800 };
  return { accuracy: 0.82, quality: 0.7, meanMs: 500 };
}

function row(from: string | null, [input, output, read, write]: Prices, batch?: true): PriceRow {
  return {
    from,
    inputUsdPerM: input,
    outputUsdPerM: output,
    cacheReadUsdPerM: read,
    cacheWriteUsdPerM: write,
    ...(batch ? { batchPpm: 500_000 } : {}),
  };
}

function anthropic(now: Prices, maxInputTokens: number, promptCacheMinTokens: number): Listed {
  return { provider: 'anthropic', maxInputTokens, promptCacheMinTokens, now, batch: true };
}

function openai(now: Prices, maxInputTokens: number): Listed {
  return { provider: 'openai', maxInputTokens, now, batch: true };
}

function gemini(now: Prices): Listed {
  return { provider: 'gemini', maxInputTokens: 1_048_576, now, batch: true };
}

function moduleProfile(
  name: string,
  usdPerM: number,
  accuracy: number,
  meanMs: number,
  quality: number,
): ModelProfile {
  return {
    name,
    provider: 'openai',
    accuracy,
    quality,
    meanMs,
    prices: [row(null, [usdPerM, usdPerM, null, null])],
  };
}
