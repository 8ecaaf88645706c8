/**
 * Sittings of the quiz and their answers, in the database of the learner's work. The one door to them. Nothing here throws: when the
 * browser keeps nothing, `tell` says why, and what is done holds until the page is closed.
 *
 * An answer's key is its sitting and its place in it, and is only ever added: of two tabs in one sitting the first one's answer stands.
 */
import * as v from 'valibot';
import { CONFIDENCES } from '../../quiz/grading.ts';
import { openDatabase, wordsFor, type Database } from './progress/database.ts';
import { readRecord } from './progress/records.ts';

/** Grows when the form of a record changes. */
const FORM = 1;
const form = v.literal(FORM);
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Milliseconds since 1970. */
const time = v.pipe(v.number(), v.finite(), v.minValue(0));

export const sittingSchema = v.object({
  form,
  id: v.string(),
  /** `test`, `wrong`, `review`, or the id of a part or of an objective. */
  scope: v.string(),
  questions: v.pipe(v.array(v.string()), v.minLength(1)),
  seed: whole,
  startedAtMs: time,
});

export const answerSchema = v.object({
  form,
  sitting: v.string(),
  /** Place among the answers of its sitting, from 0. */
  number: whole,
  question: v.string(),
  seed: whole,
  given: v.nullable(v.pipe(v.number(), v.finite())),
  confidence: v.nullable(v.picklist(CONFIDENCES)),
  right: v.boolean(),
  atMs: time,
  /** From the question's appearance to the answer. */
  tookMs: time,
});

export type SittingRecord = v.InferOutput<typeof sittingSchema>;
export type AnswerRecord = v.InferOutput<typeof answerSchema>;

/** How the storage is; `text` is empty as long as there is nothing to say. */
export interface QuizStorage {
  ok: boolean;
  text: string;
}

const CHANNEL = 'surge-lab-quiz';
const NEWER =
  'An answer here was kept by a newer version of the lab. It is untouched, and this page does not count it.';
const BROKEN = 'A record here could not be read. It was put aside, and is not counted.';

export class QuizSaved {
  private db: Promise<Database> | undefined;
  private readonly sittings = new Map<string, SittingRecord>();
  private readonly answers = new Map<string, AnswerRecord>();
  private readonly channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
  private readonly nowMs: () => number;
  private readonly tell: (state: QuizStorage) => void;

  constructor(nowMs: () => number, tell: (state: QuizStorage) => void) {
    this.nowMs = nowMs;
    this.tell = tell;
  }

  /** Calls back when another tab has kept something. */
  onchange(listener: () => void): void {
    this.channel?.addEventListener('message', listener);
  }

  /** All that is kept and can be read, the oldest first. */
  async all(): Promise<{ sittings: SittingRecord[]; answers: AnswerRecord[] }> {
    await this.attempt(async (db) => {
      for (const name of ['sittings', 'answers'] as const)
        for (const stored of await db.getAll(name)) await this.note(db, name, stored);
    });
    return {
      sittings: [...this.sittings.values()].sort((a, b) => a.startedAtMs - b.startedAtMs),
      answers: [...this.answers.values()].sort((a, b) => a.atMs - b.atMs || a.number - b.number),
    };
  }

  /** The answers that can be read, in any order. Nothing is told of the others, and they stay where they are: `all` sees to them. */
  async readable(): Promise<AnswerRecord[]> {
    await this.attempt(async (db) => {
      for (const stored of await db.getAll('answers')) {
        const read = readRecord(answerSchema, stored);
        if (read.is === 'whole') this.answers.set(keyOf(read.record), read.record);
      }
    });
    return [...this.answers.values()];
  }

  async begin(sitting: Omit<SittingRecord, 'form'>): Promise<void> {
    const record = { form: FORM, ...sitting } satisfies SittingRecord;
    this.sittings.set(record.id, record);
    await this.attempt(async (db) => void (await db.add('sittings', record)));
    this.channel?.postMessage(record.id);
  }

  /** False when another tab has answered here first: its answer stands. */
  async add(answer: Omit<AnswerRecord, 'form'>): Promise<boolean> {
    const record = { form: FORM, ...answer } satisfies AnswerRecord;
    const key = keyOf(record);
    let first = !this.answers.has(key);
    await this.attempt(async (db) => {
      const work = db.transaction('answers', 'readwrite');
      if ((await work.store.getKey([record.sitting, record.number])) !== undefined) first = false;
      else await work.store.add(record);
      await work.done;
    });
    if (first) this.answers.set(key, record);
    this.channel?.postMessage(record.sitting);
    return first;
  }

  async close(): Promise<void> {
    this.channel?.close();
    (await this.db?.catch(() => undefined))?.close();
    this.db = undefined;
  }

  private async note(db: Database, name: 'sittings' | 'answers', stored: unknown): Promise<void> {
    const read = name === 'sittings' ? readRecord(sittingSchema, stored) : readRecord(answerSchema, stored);
    if (read.is === 'whole') {
      if ('scope' in read.record) this.sittings.set(read.record.id, read.record);
      else this.answers.set(keyOf(read.record), read.record);
    } else if (read.is === 'newer') this.tell({ ok: false, text: NEWER });
    else if (read.is === 'broken') {
      const { id, sitting, number } = stored as { id: string; sitting: string; number: number };
      const work = db.transaction([name, 'aside'], 'readwrite');
      await work.objectStore('aside').add({ store: name, stored, atMs: this.nowMs() });
      if (name === 'sittings') await work.objectStore('sittings').delete(id);
      else await work.objectStore('answers').delete([sitting, number]);
      await work.done;
      this.tell({ ok: true, text: BROKEN });
    }
  }

  private async attempt(work: (db: Database) => Promise<void>): Promise<void> {
    try {
      this.db ??= openDatabase(() => (this.db = undefined));
      await work(await this.db);
    } catch (error) {
      this.db = undefined;
      this.tell({ ok: false, text: `${wordsFor(error)} What you do holds until this page is closed.` });
    }
  }
}

const keyOf = ({ sitting, number }: AnswerRecord): string => `${sitting} ${number}`;
