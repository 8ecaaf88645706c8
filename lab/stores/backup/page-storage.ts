/** What lies in the storage that answers at once: texts of pages that were left, the reading place, the theme, experiments, the account. */
import * as v from 'valibot';
import { left, type Parting } from '../progress/parting.ts';
import type { PageContents, PartingOf } from './contents.ts';

const PARTING = 'surge-lab-parting/';
const PLACE = 'surge-lab.reading-place';
const THEME = 'surge-lab.theme';
const EXPERIMENTS = 'surge-lab.experiments';
/** A random id that statements are made under; it says nothing of the learner. */
export const ACCOUNT = 'surge-lab.account';
/** The name on the certificate. It stays on the device: no file has it. */
export const NAME = 'surge-lab.certificate-name';

/** Of this browser; undefined where it gives none. */
export function browserStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** Undefined where nothing was kept, or nothing may be. */
export function readItem(key: string, storage = browserStorage()): string | undefined {
  try {
    return storage?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** False where there is no room, or none allowed. */
export function keepItem(key: string, value: string, storage = browserStorage()): boolean {
  try {
    storage?.setItem(key, value);
    return storage !== undefined;
  } catch {
    return false;
  }
}

function removeItem(key: string, storage: Storage | undefined): void {
  try {
    storage?.removeItem(key);
  } catch {
    // What cannot be removed could not be read either.
  }
}

function keysOf(storage: Storage | undefined): string[] {
  try {
    return Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? '');
  } catch {
    return [];
  }
}

const listsSchema = v.object({ opened: v.array(v.string()), used: v.array(v.string()) });

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

export function gatherPage(storage = browserStorage()): PageContents {
  const exercises = new Set(
    keysOf(storage)
      .filter((key) => key.startsWith(PARTING))
      .map((key) => key.slice(PARTING.length).split('/')[0]!),
  );
  const partings = [...exercises].flatMap((exercise): PartingOf[] =>
    left(exercise, storage).map((parting: Parting) => ({
      exercise,
      text: parting.text,
      editor: parting.editor,
      base: parting.base,
      atMs: parting.atMs,
    })),
  );
  const theme = readItem(THEME, storage);
  const experiments = v.safeParse(listsSchema, json(readItem(EXPERIMENTS, storage)));
  const account = readItem(ACCOUNT, storage);
  const place = json(readItem(PLACE, storage));
  return {
    partings,
    ...(place === null ? {} : { place }),
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(experiments.success ? { experiments: experiments.output } : {}),
    ...(v.is(v.pipe(v.string(), v.uuid()), account) ? { account } : {}),
  };
}

/** Takes in what is not here; with `replace` the reading place and the theme of the file. Experiments of both count. */
export function takeInPage(there: PageContents, replace: boolean, storage = browserStorage()): boolean {
  const here = gatherPage(storage);
  const wants = (held: unknown, other: unknown): boolean =>
    other !== undefined &&
    (held === undefined || (replace && JSON.stringify(held) !== JSON.stringify(other)));
  const kept: boolean[] = [];
  if (wants(here.place, there.place)) kept.push(keepItem(PLACE, JSON.stringify(there.place), storage));
  if (wants(here.theme, there.theme)) kept.push(keepItem(THEME, there.theme!, storage));
  if (here.account === undefined && there.account !== undefined)
    kept.push(keepItem(ACCOUNT, there.account, storage));
  if (there.experiments) {
    const { opened, used } = here.experiments ?? { opened: [], used: [] };
    const both = {
      opened: [...new Set([...opened, ...there.experiments.opened])],
      used: [...new Set([...used, ...there.experiments.used])],
    };
    kept.push(keepItem(EXPERIMENTS, JSON.stringify(both), storage));
  }
  return kept.every(Boolean);
}

/** All but the choice whether the lab itself is stored: that is of the device. */
export function clearPage(storage = browserStorage()): void {
  const own = [PLACE, THEME, EXPERIMENTS, ACCOUNT, NAME, ASKED];
  for (const key of keysOf(storage))
    if (key.startsWith(PARTING) || own.includes(key)) removeItem(key, storage);
}

/** That the browser was asked to keep what is here. */
export const ASKED = 'surge-lab.persist-asked';
