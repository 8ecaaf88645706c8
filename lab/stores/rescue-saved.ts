/**
 * The game of rescue mode that is under way, or that has just ended, so that it is there again after a reload. The run itself is not kept:
 * its pulls bring it back.
 */
import * as v from 'valibot';
import { INCIDENTS } from '../../engine/rescue/rules.ts';
import type { Speed } from '../../engine/runner/protocol.ts';
import { keepItem, readItem } from './backup/page-storage.ts';
import { RESCUE_PACES } from './rescue-paces.ts';

const KEY = 'surge-lab.rescue';

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

const savedGameSchema = v.object({
  form: v.literal(1),
  incident: v.picklist(INCIDENTS.map(({ id }) => id)),
  seed: v.pipe(seconds, v.integer()),
  pace: v.picklist(RESCUE_PACES),
  /** How far the run has gone, seconds from its start. */
  nowS: seconds,
  pulls: v.array(
    v.object({ atS: seconds, lever: v.string(), value: v.union([v.boolean(), v.number(), v.string()]) }),
  ),
  /** The game has ended; what came of it is shown. */
  over: v.boolean(),
});

export type SavedGame = Omit<v.InferOutput<typeof savedGameSchema>, 'form' | 'pace'> & { pace: Speed };

/** Undefined where there is none, or none that can be read. */
export function readGame(storage?: Storage): SavedGame | undefined {
  const text = readItem(KEY, storage);
  if (text === undefined) return undefined;
  try {
    const { form: _, ...game } = v.parse(savedGameSchema, JSON.parse(text));
    return game;
  } catch {
    return undefined;
  }
}

/** False where the browser keeps nothing. */
export const keepGame = (game: SavedGame, storage?: Storage): boolean =>
  keepItem(KEY, JSON.stringify({ form: 1, ...game }), storage);

/** What is not there cannot be read, so an empty text is enough. */
export const dropGame = (storage?: Storage): boolean => keepItem(KEY, '', storage);
