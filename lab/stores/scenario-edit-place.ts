/** Where one was in the editor of a scenario, for a reload in the same tab. */
import * as v from 'valibot';

const schema = v.object({
  tab: v.optional(v.picklist(['form', 'json', 'preview']), 'form'),
  seed: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 4217),
  scrollTop: v.optional(v.number(), 0),
  /** Groups of the form by their id: open or closed. */
  groups: v.optional(v.record(v.string(), v.boolean()), {}),
  /** Id of the field that has the caret. */
  field: v.optional(v.string(), ''),
  /** Where it came from, to be said once. */
  note: v.optional(v.picklist(['', 'derived', 'other arrivals']), ''),
});
export type EditPlace = v.InferOutput<typeof schema>;

const keyOf = (id: string): string => `surge-lab.edit/${id}`;

export function placeOf(id: string, storage: () => Storage = () => sessionStorage): EditPlace {
  try {
    return v.parse(schema, JSON.parse(storage().getItem(keyOf(id)) ?? '{}'));
  } catch {
    return v.parse(schema, {});
  }
}

export function keepPlace(
  id: string,
  change: Partial<EditPlace>,
  storage: () => Storage = () => sessionStorage,
): void {
  try {
    storage().setItem(keyOf(id), JSON.stringify({ ...placeOf(id, storage), ...change }));
  } catch {
    // Then a reload begins at the top.
  }
}
