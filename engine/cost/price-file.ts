import * as v from 'valibot';
import { InputError, show } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import { CATALOGUE_KEYS, catalogueSchema, type ModelProfile } from './prices.ts';

const FORMAT = 'surge-lab-prices';
const VERSION = 1;
const MAX_CHARACTERS = 5_000_000;
const SEE_FORM = 'Export the current prices to see the form.';

const fileSchema = v.strictObject({
  format: v.literal(FORMAT, `"${FORMAT}"`),
  version: v.literal(VERSION, `${VERSION}, the version this lab reads`),
  models: catalogueSchema,
});

/** A price list as a JSON file that `importPrices` reads back to the last digit. */
export function exportPrices(models: readonly ModelProfile[]): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, models }, null, 2)}\n`;
}

/**
 * Reads a price file.
 * @returns the models, and remarks on prices that are allowed and unlikely.
 * @throws InputError naming the place for what is no JSON, or has unknown, missing, negative or repeated things in it.
 */
export function importPrices(text: string): { models: ModelProfile[]; warnings: string[] } {
  if (text.length > MAX_CHARACTERS)
    throw new InputError(
      'price file',
      `at most ${MAX_CHARACTERS} characters`,
      `${text.length}`,
      'Leave out the models you do not use.',
    );
  const models = checked(json(text));
  return { models, warnings: models.flatMap((model) => [...oddPrices(model)]) };
}

function json(text: string): unknown {
  try {
    // Editors on Windows put a byte order mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InputError(
      'price file',
      'JSON',
      text === '' ? 'an empty file' : show(error instanceof Error ? error.message : error),
      SEE_FORM,
    );
  }
}

function checked(file: unknown): ModelProfile[] {
  try {
    const keys = [...Object.keys(fileSchema.entries), ...CATALOGUE_KEYS];
    return parse(fileSchema, file, 'price file', keys).models;
  } catch (error) {
    // The manual of scenarios does not help here.
    if (!(error instanceof InputError) || !error.advice.includes('docs/')) throw error;
    throw new InputError(error.place, error.expected, error.got, SEE_FORM);
  }
}

function* oddPrices({ name, prices }: ModelProfile): Generator<string> {
  for (const { from, inputUsdPerM, outputUsdPerM, cacheReadUsdPerM, cacheWriteUsdPerM } of prices) {
    const where = from === null ? name : `${name} from ${from}`;
    if (cacheReadUsdPerM !== null && cacheReadUsdPerM > inputUsdPerM)
      yield `${where}: cached tokens are dearer than input.`;
    if (cacheWriteUsdPerM !== null && cacheWriteUsdPerM < inputUsdPerM)
      yield `${where}: writing to the prompt cache is cheaper than input. For "no surcharge" write null.`;
    if (outputUsdPerM < inputUsdPerM) yield `${where}: output is cheaper than input.`;
  }
}
