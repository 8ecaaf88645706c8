import * as v from 'valibot';
import { InputError, nearest, show } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import { MAX_AMOUNT, PICO_PER_TOKEN, timesPpm, type PicoUsd } from './money.ts';
import type { Task, Usage } from './task.ts';

const PPM = 1_000_000;

const text = v.pipe(
  v.string(),
  v.check((x) => x !== '' && x === x.trim() && x.length <= 100, 'a name of 1 to 100 characters'),
);
const share = v.pipe(v.number(), v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));
const tokens = v.pipe(
  v.number(),
  v.check((x) => Number.isSafeInteger(x) && x > 0, 'a whole number of tokens above 0'),
);
const usdPerM = v.pipe(
  v.number(),
  v.minValue(0, 'a price of $0 or more for a million tokens'),
  v.maxValue(10_000, 'a price up to $10,000 for a million tokens'),
  v.check(isWholePico, 'a price in steps of $0.000001 for a million tokens'),
);

/** One price list of a model, from a moment on. Prices in US dollars for a million tokens. */
export const priceRowSchema = v.strictObject({
  /** Day (00:00 UTC) or moment from which the row holds; null: since ever. */
  from: v.nullable(
    v.pipe(
      v.string(),
      v.check((x) => isoMs(x) !== undefined, 'a date as 2026-09-01 or 2026-09-01T14:00:00Z'),
    ),
  ),
  inputUsdPerM: usdPerM,
  outputUsdPerM: usdPerM,
  /** Null: tokens read from the prompt cache cost what input costs. */
  cacheReadUsdPerM: v.nullable(usdPerM),
  /** Null: tokens written to the prompt cache cost what input costs. */
  cacheWriteUsdPerM: v.nullable(usdPerM),
  /** Price of a call in a provider's batch, in parts per million of the price above. */
  batchPpm: v.optional(
    v.pipe(
      v.number(),
      v.check((x) => Number.isInteger(x) && x >= 0 && x <= PPM, 'whole parts per million from 0 to 1000000'),
    ),
  ),
});
export type PriceRow = v.InferOutput<typeof priceRowSchema>;

const pricesSchema = v.pipe(
  v.array(priceRowSchema),
  v.minLength(1, 'at least one row of prices'),
  v.check(
    (rows) => inOrder(rows),
    'rows in order of date, of which the first, and only it, has "from": null: every moment has one price',
  ),
);

export const modelSchema = v.strictObject({
  name: text,
  provider: v.optional(text),
  /** Share of tasks it answers correctly. */
  accuracy: share,
  /** The module's quality score. */
  quality: share,
  /** Typical response. */
  meanMs: v.pipe(v.number(), v.finite('a finite number'), v.gtValue(0, 'a number above 0')),
  maxInputTokens: v.optional(tokens),
  /** A shorter beginning is not kept in the provider's prompt cache. */
  promptCacheMinTokens: v.optional(tokens),
  /** Accuracy, quality and latency are this lab's guess and not published figures. */
  assumed: v.optional(v.boolean()),
  prices: pricesSchema,
});
export type ModelProfile = v.InferOutput<typeof modelSchema>;

export const catalogueSchema = v.pipe(
  v.array(modelSchema),
  v.minLength(1, 'at least one model'),
  v.check(
    (models) => new Set(models.map(({ name }) => name)).size === models.length,
    'models of different names',
  ),
);

/** Every key of a catalogue, for "did you mean". */
export const CATALOGUE_KEYS = [...Object.keys(modelSchema.entries), ...Object.keys(priceRowSchema.entries)];

/** Prices of one token in whole pico-dollars. */
export interface TokenPrice {
  readonly input: PicoUsd;
  readonly output: PicoUsd;
  readonly cacheRead: PicoUsd;
  readonly cacheWrite: PicoUsd;
  /** 1,000,000 where no batch price is known. */
  readonly batchPpm: number;
}

interface Entry {
  profile: ModelProfile;
  rows: { fromMs: number; price: TokenPrice }[];
  /** The row looked up last, and the time for which it holds. */
  price: TokenPrice;
  fromMs: number;
  untilMs: number;
}

/**
 * What models cost, at which time. A call is priced by the moment it started, whatever changes before it ends: callers pass
 * the start of the call, also when they settle it.
 */
export class PriceBook {
  private readonly entries = new Map<string, Entry>();

  /** @throws InputError naming the place in `models`. */
  constructor(models: readonly ModelProfile[]) {
    const checked = parse(v.strictObject({ models: catalogueSchema }), { models }, 'prices', CATALOGUE_KEYS);
    for (const profile of checked.models) this.entries.set(profile.name, entryOf(profile));
  }

  get models(): readonly ModelProfile[] {
    return [...this.entries.values()].map(({ profile }) => profile);
  }

  /** @throws InputError for an unknown model. */
  model(name: string): ModelProfile {
    return this.entry(name).profile;
  }

  /** Prices that hold at a time, in milliseconds since 1970 UTC. @throws InputError for an unknown model or a time that is no number. */
  priceAt(name: string, nowMs: number): TokenPrice {
    const entry = this.entry(name);
    if (!(nowMs >= entry.fromMs && nowMs < entry.untilMs)) turnTo(entry, nowMs);
    return entry.price;
  }

  /**
   * Cost of a finished call.
   * @param startMs when the call started.
   * @param discountPpm parts per million of the price that are paid (750,000 is 25 % off).
   * @throws InputError for an unknown model or counts of tokens that cannot be.
   */
  costOf(name: string, usage: Usage, startMs: number, discountPpm = PPM): PicoUsd {
    if (!(Number.isInteger(discountPpm) && discountPpm >= 0 && discountPpm <= PPM))
      throw new InputError('discountPpm', 'whole parts per million from 0 to 1000000', show(discountPpm));
    return timesPpm(costAt(this.priceAt(name, startMs), usage), discountPpm);
  }

  /**
   * The most a call that starts now can cost: nothing is read from the prompt cache, all input is written to it where that is
   * dearer, the answer is as long as it may be, and no discount applies.
   */
  worstCostOf(name: string, task: Pick<Task, 'inputTokens' | 'maxOutputTokens'>, nowMs: number): PicoUsd {
    const price = this.priceAt(name, nowMs);
    checkTokens('inputTokens', task.inputTokens);
    checkTokens('maxOutputTokens', task.maxOutputTokens);
    const input = Math.max(price.input, price.cacheRead, price.cacheWrite);
    return checkedAmount(task.inputTokens * input + task.maxOutputTokens * price.output);
  }

  /** New prices for a model, from now on: for calls that start after this, and those that were priced are not touched. */
  set(name: string, rows: readonly PriceRow[]): void {
    const { profile } = this.entry(name);
    const checked = parse(v.strictObject({ prices: pricesSchema }), { prices: rows }, name, CATALOGUE_KEYS);
    this.entries.set(name, entryOf({ ...profile, ...checked }));
  }

  private entry(name: string): Entry {
    const entry = this.entries.get(name);
    if (entry) return entry;
    const guess = nearest(name, this.entries.keys());
    throw new InputError(
      'model',
      'the name of a model in the price list',
      show(name),
      guess === undefined ? 'Add it to the price list first.' : `Did you mean "${guess}"?`,
    );
  }
}

/**
 * Cost of tokens at given prices: input × p_in − cached × (p_in − p_read) + output × p_out + written × (p_write − p_in).
 * `inputTokens` counts cached and written tokens too, so each token is paid once; the sum below is the same without differences.
 * @throws InputError as `checkUsage`, and above $9,007.
 */
export function costAt(price: TokenPrice, usage: Usage): PicoUsd {
  checkUsage(usage);
  const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens } = usage;
  const plain = inputTokens - cachedTokens - cacheWriteTokens;
  return checkedAmount(
    plain * price.input +
      cachedTokens * price.cacheRead +
      cacheWriteTokens * price.cacheWrite +
      outputTokens * price.output,
  );
}

/** @throws InputError for tokens that are not whole and 0 or more, and for more cached and written tokens than input. */
export function checkUsage({ inputTokens, cachedTokens, cacheWriteTokens, outputTokens }: Usage): void {
  checkTokens('inputTokens', inputTokens);
  checkTokens('cachedTokens', cachedTokens);
  checkTokens('cacheWriteTokens', cacheWriteTokens);
  checkTokens('outputTokens', outputTokens);
  if (cachedTokens + cacheWriteTokens > inputTokens)
    throw new InputError(
      'inputTokens',
      `at least the ${cachedTokens} cached and ${cacheWriteTokens} written tokens, which it contains`,
      String(inputTokens),
      'Some providers report input without cached tokens: add them.',
    );
}

function checkTokens(place: string, count: number): void {
  if (!(Number.isSafeInteger(count) && count >= 0))
    throw new InputError(place, 'a whole number of tokens of 0 or more', show(count));
}

/** No term is negative, so a sum within the bound was exact at every step. */
function checkedAmount(pico: number): PicoUsd {
  if (pico <= MAX_AMOUNT) return pico;
  throw new InputError('tokens', 'a call of at most $9,007', `$${Math.round(pico / (PPM * PPM))}`);
}

function isWholePico(usd: number): boolean {
  return Math.round(usd * PICO_PER_TOKEN) / PICO_PER_TOKEN === usd;
}

function inOrder(rows: readonly PriceRow[]): boolean {
  return rows.every((row, i) =>
    i === 0 ? row.from === null : row.from !== null && fromMs(row) > fromMs(rows[i - 1]!),
  );
}

function fromMs(row: PriceRow): number {
  return row.from === null ? -Infinity : (isoMs(row.from) ?? NaN);
}

/** Milliseconds of a day or moment in UTC; undefined for other text and for days that do not exist. */
function isoMs(iso: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/.test(iso)) return undefined;
  const ms = Date.parse(iso);
  // Some engines read 30 February as 2 March.
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(iso.replace('Z', '')) ? ms : undefined;
}

function entryOf(profile: ModelProfile): Entry {
  const rows = profile.prices.map((row) => ({ fromMs: fromMs(row), price: priceOf(row) }));
  return { profile, rows, price: rows[0]!.price, fromMs: -Infinity, untilMs: rows[1]?.fromMs ?? Infinity };
}

function priceOf(row: PriceRow): TokenPrice {
  const pico = (usd: number): PicoUsd => Math.round(usd * PICO_PER_TOKEN);
  return {
    input: pico(row.inputUsdPerM),
    output: pico(row.outputUsdPerM),
    cacheRead: pico(row.cacheReadUsdPerM ?? row.inputUsdPerM),
    cacheWrite: pico(row.cacheWriteUsdPerM ?? row.inputUsdPerM),
    batchPpm: row.batchPpm ?? PPM,
  };
}

function turnTo(entry: Entry, nowMs: number): void {
  if (!Number.isFinite(nowMs)) throw new InputError('nowMs', 'milliseconds since 1970', show(nowMs));
  const at = entry.rows.findLastIndex((row) => row.fromMs <= nowMs);
  entry.price = entry.rows[at]!.price;
  entry.fromMs = entry.rows[at]!.fromMs;
  entry.untilMs = entry.rows[at + 1]?.fromMs ?? Infinity;
}
