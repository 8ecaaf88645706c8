import * as v from 'valibot';
import { InputError } from '../core/errors.ts';
import { PriceBook, priceRowSchema, type ModelProfile } from '../cost/prices.ts';
import type { Scenario } from './scenario.ts';

const share = v.pipe(v.number(), v.minValue(0, 'a share from 0 to 1'), v.maxValue(1, 'a share from 0 to 1'));
const nonNegative = v.pipe(v.number(), v.finite('a finite number'), v.minValue(0, 'a number of 0 or more'));
const tokens = v.pipe(v.number(), v.integer('a whole number of tokens'), v.minValue(1, 'at least one token'));

/** A model as a scenario knows it. Where requests are all alike, mean time and one price for all tokens are enough. */
export const scenarioModelSchema = v.strictObject({
  meanMs: v.pipe(v.number(), v.finite('a finite number'), v.gtValue(0, 'a number above 0')),
  usdPerMTokens: nonNegative,
  /** For the gateway: the rest of the profile. */
  accuracy: v.optional(share, 1),
  quality: v.optional(share, 1),
  maxInputTokens: v.optional(tokens),
  promptCacheMinTokens: v.optional(tokens),
  /** Dated prices by kind of token; without them every token costs `usdPerMTokens`. */
  prices: v.optional(v.array(priceRowSchema)),
  /** The station that serves its calls. */
  station: v.optional(v.string()),
  /** Time that each token of an answer takes, beside the station's service time. */
  msPerOutputToken: v.optional(nonNegative, 0),
});

export type ScenarioModel = v.InferOutput<typeof scenarioModelSchema>;

/** Profile of a scenario's model for the price book. */
export function profileOf(name: string, model: ScenarioModel): ModelProfile {
  const { accuracy, quality, meanMs, usdPerMTokens, maxInputTokens, promptCacheMinTokens } = model;
  return {
    name,
    accuracy,
    quality,
    meanMs,
    ...(maxInputTokens === undefined ? {} : { maxInputTokens }),
    ...(promptCacheMinTokens === undefined ? {} : { promptCacheMinTokens }),
    prices: model.prices ?? [
      {
        from: null,
        inputUsdPerM: usdPerMTokens,
        outputUsdPerM: usdPerMTokens,
        cacheReadUsdPerM: null,
        cacheWriteUsdPerM: null,
      },
    ],
  };
}

/** Prices of a scenario's models. @throws InputError naming the model and the place. */
export function priceBookOf({ models }: Pick<Scenario, 'models'>): PriceBook {
  const names = Object.keys(models);
  try {
    return new PriceBook(names.map((name) => profileOf(name, models[name]!)));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [list, i, ...rest] = error.place.split('.');
    const name = list === 'models' ? names[Number(i)] : undefined;
    if (name === undefined) throw error;
    const setting = models[name]!.prices || rest[0] !== 'prices' ? rest.join('.') : 'usdPerMTokens';
    throw new InputError(`models.${name}.${setting}`, error.expected, error.got, error.advice);
  }
}
