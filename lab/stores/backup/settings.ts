/** What pages keep beside the learner's work, each in a database of its own: settings, and the state that a page goes on from. */
import { openDB, type IDBPDatabase } from 'idb';
import * as v from 'valibot';
import { contextSettingsSchema } from '../context-settings.ts';
import { conversationSchema, DATABASE as CONTEXT } from '../context-saved.ts';
import { DATABASE as COST, keptSchema as costSchema } from '../live-cost-saved.ts';
import { DATABASE as TUNER, keptSchema as tunerSchema } from '../tuner-saved.ts';

export interface SettingPlace {
  /** In the file. */
  name: string;
  /** For the learner. */
  title: string;
  database: string;
  store: string;
  key: string;
  schema: v.GenericSchema;
}

/** A page makes its store in version 1 of its database, and so does `open` here where the page was never visited. */
export const SETTINGS: readonly SettingPlace[] = [
  {
    name: 'context/conversation',
    title: 'the conversation of the context page',
    ...{ database: CONTEXT, store: 'kept', key: 'conversation', schema: conversationSchema },
  },
  {
    name: 'context/settings',
    title: 'the settings of the context page',
    ...{ database: CONTEXT, store: 'kept', key: 'settings', schema: contextSettingsSchema },
  },
  {
    name: 'cost',
    title: 'models, budgets and rules of the cost page',
    ...{ database: COST, store: 'settings', key: 'cost', schema: costSchema },
  },
  {
    name: 'tuner',
    title: 'the last search for settings',
    ...{ database: TUNER, store: 'searches', key: 'last', schema: tunerSchema },
  },
];

async function open({ database, store }: SettingPlace): Promise<IDBPDatabase> {
  if (typeof indexedDB === 'undefined') throw new Error('there is no IndexedDB here');
  return openDB(database, 1, { upgrade: (db) => void db.createObjectStore(store) });
}

const databases = (): string[] => [...new Set(SETTINGS.map(({ database }) => database))];
const placesIn = (database: string): SettingPlace[] => SETTINGS.filter((one) => one.database === database);

/** By the names in the file; what was never kept is left out. */
export async function gatherSettings(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const database of databases()) {
    const places = placesIn(database);
    const db = await open(places[0]!);
    try {
      for (const { name, store, key } of places) {
        const value: unknown = await db.get(store, key);
        if (value !== undefined) found[name] = value;
      }
    } finally {
      db.close();
    }
  }
  return found;
}

/** What becomes of one setting of a file: it is new here, stands beside another one, is the same, or is of another version. */
export interface SettingFate {
  place: SettingPlace;
  fate: 'new' | 'differs' | 'same' | 'unread';
  value: unknown;
}

export function settingFates(
  here: Readonly<Record<string, unknown>>,
  there: Readonly<Record<string, unknown>>,
): SettingFate[] {
  return SETTINGS.flatMap((place): SettingFate[] => {
    if (!Object.hasOwn(there, place.name)) return [];
    const [held, value] = [here[place.name], there[place.name]];
    const same = JSON.stringify(held) === JSON.stringify(value);
    if (same) return [{ place, fate: 'same', value }];
    if (!v.is(place.schema, value)) return [{ place, fate: 'unread', value }];
    return [{ place, fate: held === undefined ? 'new' : 'differs', value }];
  });
}

/** Takes in what is new here, and with `replace` also what differs; one transaction for each database. */
export async function takeInSettings(fates: readonly SettingFate[], replace: boolean): Promise<void> {
  for (const database of databases()) {
    const taken = fates.filter(
      ({ place, fate }) => place.database === database && (fate === 'new' || (replace && fate === 'differs')),
    );
    if (taken.length === 0) continue;
    const db = await open(taken[0]!.place);
    try {
      const { store } = taken[0]!.place;
      const work = db.transaction(store, 'readwrite');
      await Promise.all([
        ...taken.map(async ({ place, value }) => {
          // Another tab may have kept one since the fates were told.
          if (!replace && (await work.store.getKey(place.key)) !== undefined) return;
          await work.store.put(value, place.key);
        }),
        work.done,
      ]);
    } finally {
      db.close();
    }
  }
}

export async function clearSettings(): Promise<void> {
  for (const database of databases()) {
    const place = placesIn(database)[0]!;
    const db = await open(place);
    try {
      await db.clear(place.store);
    } finally {
      db.close();
    }
  }
}
