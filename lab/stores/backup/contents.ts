/** What the learner has made, as a file carries it and as this browser holds it. docs/progress.md has the form. */
import * as v from 'valibot';
import { schemas } from '../progress/records.ts';
import { runRecordSchema } from '../progress/run-records.ts';
import { answerSchema, sittingSchema } from '../quiz-saved.ts';
import { markSchema } from '../reading.ts';

/** Stores of the database of the learner's work. */
export const STORES = [
  'progress',
  'attempts',
  'drafts',
  'versions',
  'reading',
  'sittings',
  'answers',
  'runs',
  'scenarios',
  'aside',
] as const;
export type StoreName = (typeof STORES)[number];

const time = v.pipe(v.number(), v.finite(), v.minValue(0));

/** A scenario that the learner wrote. Its text is checked where it is opened. */
export const scenarioSchema = v.object({
  form: v.literal(1),
  id: v.string(),
  name: v.string(),
  text: v.string(),
  savedAtMs: time,
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type ScenarioRecord = v.InferOutput<typeof scenarioSchema>;

/** What could not be read, where it lay, and since when it lies aside. */
const asideSchema = v.object({ store: v.string(), stored: v.unknown(), atMs: time });

export const storeSchemas = {
  ...schemas,
  reading: markSchema,
  sittings: sittingSchema,
  answers: answerSchema,
  runs: runRecordSchema,
  scenarios: scenarioSchema,
  aside: asideSchema,
} satisfies Record<StoreName, v.GenericSchema>;

export type RecordOf<Name extends StoreName> = v.InferOutput<(typeof storeSchemas)[Name]>;

/** The text of a page that was left before its draft was kept, with its exercise. */
export interface PartingOf {
  exercise: string;
  text: string;
  editor: unknown;
  /** The revision of the draft that it was made of. */
  base: number;
  atMs: number;
}

export interface Contents {
  /** By store, records as they were stored. */
  work: Partial<Record<string, readonly unknown[]>>;
  /** Settings and saved states of pages, by the names in settings.ts. */
  settings: Readonly<Record<string, unknown>>;
  /** Of the storage that answers at once. */
  page: PageContents;
}

export interface PageContents {
  partings: readonly PartingOf[];
  place?: unknown;
  theme?: string | undefined;
  experiments?: { opened: string[]; used: string[] } | undefined;
  /** The random name under which statements are made. */
  account?: string | undefined;
}

/** A record in the database, with its key. */
export interface Held {
  key: IDBValidKey;
  value: unknown;
}
export type Here = Readonly<Record<StoreName, readonly Held[]>>;

/** Text that is equal for equal contents, whatever the order of the keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
