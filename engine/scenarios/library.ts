/** What the library says of each scenario of the catalogue, beside what the scenario says itself. */
import { InputError } from '../core/errors.ts';
import type { LibraryEntry } from './library-entry.ts';
import { mechanisms } from './library-mechanisms.ts';
import { stories } from './library-stories.ts';

export const LIBRARY: readonly LibraryEntry[] = [...stories, ...mechanisms];

/** Undefined for a scenario that is not of the catalogue. */
export const entryOf = (name: string): LibraryEntry | undefined =>
  LIBRARY.find((entry) => entry.name === name);

/** @throws InputError for a scenario that is not of the catalogue */
export function libraryEntry(name: string): LibraryEntry {
  const entry = entryOf(name);
  if (entry) return entry;
  throw new InputError(
    'scenario',
    `one of ${LIBRARY.map((one) => one.name).join(', ')}`,
    JSON.stringify(name),
  );
}
