/**
 * The text of a page that is left before its draft was kept. IndexedDB answers too late then; this storage answers at once, and also where
 * IndexedDB is missing. The next visit takes the text from here.
 */
import * as v from 'valibot';

const partingSchema = v.object({
  form: v.literal(1),
  text: v.string(),
  editor: v.unknown(),
  /** The revision of the draft that it was made of. */
  base: v.number(),
  atMs: v.number(),
});

export type Parting = Omit<v.InferOutput<typeof partingSchema>, 'form'>;

const prefix = 'surge-lab-parting/';
const keyOf = (exercise: string, tab: string) => `${prefix}${exercise}/${tab}`;

/** Of this browser; undefined where it gives none. */
function here(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** False when there is no room for it. */
export function leave(exercise: string, tab: string, parting: Parting, storage = here()): boolean {
  // The history may be what does not fit.
  for (const kept of [parting, { ...parting, editor: null }])
    try {
      storage?.setItem(keyOf(exercise, tab), JSON.stringify({ form: 1, ...kept }));
      return storage !== undefined;
    } catch {
      continue;
    }
  return false;
}

export function forget(exercise: string, tab: string, storage = here()): void {
  try {
    storage?.removeItem(keyOf(exercise, tab));
  } catch {
    // It could not be read either.
  }
}

/** What tabs have left of an exercise, the oldest first, each with its tab. What cannot be read is left where it is. */
export function left(exercise: string, storage = here()): (Parting & { tab: string })[] {
  const found: (Parting & { tab: string })[] = [];
  const start = keyOf(exercise, '');
  for (let i = 0; i < (storage?.length ?? 0); i++) {
    const key = storage?.key(i);
    if (!key?.startsWith(start)) continue;
    try {
      const { form: _, ...parting } = v.parse(partingSchema, JSON.parse(storage?.getItem(key) ?? ''));
      found.push({ ...parting, tab: key.slice(start.length) });
    } catch {
      continue;
    }
  }
  return found.sort((a, b) => a.atMs - b.atMs);
}
