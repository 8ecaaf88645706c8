import { writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { InputError, show } from '../../core/errors.ts';
import { parse } from '../../core/schema.ts';
import { ENGINE_VERSION } from '../../core/version.ts';
import type { Override } from '../../simulation/overrides.ts';
import type { Compared } from '../../tuning/comparison.ts';
import type { Goal } from '../../tuning/score.ts';
import type { Setting } from '../../tuning/search-space.ts';
import type { Rung } from '../../tuning/tuner-plan.ts';
import { recordsSchema, type TunerRecord } from '../../tuning/tuner-records.ts';

/** A search as `--out` and `--json` write it, and `--resume` reads it. A figure without a value is null. */
export interface TuneJson {
  engine: string;
  /** Name or file, as it was given. */
  scenario: string;
  overrides: readonly Override[];
  /** When the levers are pulled, seconds from the start. */
  atS: number;
  goal: Goal;
  levers: readonly string[];
  rungs: readonly Rung[];
  starts: number;
  brackets: number;
  searchSeed: number;
  /** "done", or where the search was when it was interrupted. */
  phase: string;
  wallMs: number;
  /** The best setting; the search's own seeds, so rather too good: `check` is on fresh ones. */
  best: TuneJsonStanding | null;
  baseline: TuneJsonStanding | null;
  /** Every setting tried, the best first. */
  trials: readonly TuneJsonStanding[];
  /** Settings that could not be run. */
  failures: readonly { setting: Setting; message: string }[];
  /** The winner, the presets and nothing pulled, with the same fresh seeds; null when the search was interrupted. */
  check: readonly Compared[] | null;
  /** Every run, to go on from. */
  records: readonly TunerRecord[];
}

export interface TuneJsonStanding {
  setting: Setting;
  rung: number;
  seeds: number;
  /** Mean over the seeds, by figure of the goal. */
  figures: Record<string, number>;
  /** By how much bounds are missed, 0 when all are kept. */
  missed: number;
}

const count = v.pipe(v.number(), v.integer('a whole number'));
const fileSchema = v.object({
  engine: v.string(),
  scenario: v.string(),
  overrides: v.array(v.object({ path: v.string(), value: v.unknown() })),
  atS: v.number(),
  goal: v.object({
    figure: v.string(),
    direction: v.picklist(['least', 'most']),
    constraints: v.optional(
      v.array(
        v.object({
          figure: v.string(),
          atMost: v.optional(v.number()),
          atLeast: v.optional(v.number()),
        }),
      ),
    ),
  }),
  levers: v.array(v.string()),
  rungs: v.array(v.object({ untilS: v.number(), seeds: count })),
  starts: count,
  brackets: count,
  searchSeed: count,
  records: recordsSchema,
});

export type StoredSearch = v.InferOutput<typeof fileSchema>;

/** @throws InputError when it is no search, or one of another engine. */
export function parseStoredSearch(content: unknown, file: string): StoredSearch {
  const search = parse(fileSchema, content, file);
  if (search.engine !== ENGINE_VERSION)
    throw new InputError(
      file,
      `runs of this engine, ${ENGINE_VERSION}`,
      show(search.engine),
      'Runs of another version may come to something else. Begin the search anew.',
    );
  return search;
}

/** @throws InputError when the file cannot be written. */
export function writeSearch(file: string, json: TuneJson): void {
  try {
    writeFileSync(file, `${JSON.stringify(json)}\n`);
  } catch (error) {
    throw new InputError(
      '--out',
      'a file that can be written',
      `${file} (${(error as NodeJS.ErrnoException).code ?? 'error'})`,
    );
  }
}
