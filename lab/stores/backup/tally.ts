/** What taking in a file comes to, in counts and in steps. */
import { STORES, type RecordOf, type StoreName } from './contents.ts';

/** Of one kind of record. */
export interface Count {
  added: number;
  /** The file's took the place of what is here, or both became one. */
  changed: number;
  /** What is here stands. */
  kept: number;
  same: number;
}

export type Tally = Record<StoreName, Count> & {
  /** Records of a newer version that are carried along. */
  newer: number;
  /** Records that were put aside: they cannot be read, or stand in the way of another. */
  putAside: number;
  /** Records of kinds that this version does not know: they stay in the file. */
  unknown: number;
};

export type Step =
  | { do: 'put'; store: StoreName; value: unknown }
  | { do: 'add'; store: StoreName; value: unknown }
  | { do: 'delete'; store: StoreName; key: IDBValidKey };

export interface Plan {
  steps: Step[];
  tally: Tally;
}

const none = (): Count => ({ added: 0, changed: 0, kept: 0, same: 0 });

export const keyOf = {
  progress: ({ exercise }: RecordOf<'progress'>): IDBValidKey => exercise,
  drafts: ({ exercise }: RecordOf<'drafts'>): IDBValidKey => exercise,
  reading: ({ section }: RecordOf<'reading'>): IDBValidKey => section,
  sittings: ({ id }: RecordOf<'sittings'>): IDBValidKey => id,
  answers: ({ sitting, number }: RecordOf<'answers'>): IDBValidKey => [sitting, number],
  runs: ({ id }: RecordOf<'runs'>): IDBValidKey => id,
  scenarios: ({ id }: RecordOf<'scenarios'>): IDBValidKey => id,
};
export type Keyed = keyof typeof keyOf;
export const isKeyed = (name: StoreName): name is Keyed => name in keyOf;

export const emptyTally = (): Tally => ({
  ...(Object.fromEntries(STORES.map((name) => [name, none()])) as Record<StoreName, Count>),
  newer: 0,
  putAside: 0,
  unknown: 0,
});
