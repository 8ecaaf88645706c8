/** What taking in a file would change in the database of the learner's work. Pure: the preview and the change itself both ask here. */
import type * as v from 'valibot';
import { readRecord, type Draft, type Version } from '../progress/records.ts';
import {
  canonical,
  storeSchemas,
  STORES,
  type Contents,
  type Here,
  type RecordOf,
  type StoreName,
} from './contents.ts';
import { mergeAnswers } from './merge-answers.ts';
import { mergeProgress, raised } from './merge-progress.ts';
import { mergeMarks, mergeRuns, mergeScenarios } from './merge-records.ts';
import { emptyTally, isKeyed, keyOf, type Keyed, type Plan, type Step } from './tally.ts';

/** @param nowMs when records are put aside */
export function planOf(here: Here, { work, page }: Contents, nowMs: number): Plan {
  const planning = new Planning(here, nowMs);
  const parted = page.partings.map(({ base, atMs, ...parting }): Draft => {
    return { form: 1, ...parting, savedAtMs: atMs, revision: base + 1 };
  });
  planning.attempts(planning.sift('attempts', work));
  planning.progress(planning.sift('progress', work));
  planning.drafts([...planning.sift('drafts', work), ...parted], planning.sift('versions', work));
  for (const mark of planning.sift('reading', work)) planning.keyed('reading', mark, mergeMarks);
  for (const sitting of planning.sift('sittings', work)) planning.keyed('sittings', sitting, (held) => held);
  planning.answers(planning.sift('answers', work));
  for (const run of planning.sift('runs', work)) planning.keyed('runs', run, mergeRuns);
  planning.scenarios(planning.sift('scenarios', work));
  for (const one of planning.sift('aside', work)) planning.putAside(one.store, one.stored, one.atMs);
  for (const [name, records] of Object.entries(work))
    if (!STORES.some((one) => one === name)) planning.tally.unknown += records?.length ?? 0;
  return { steps: planning.steps, tally: planning.tally };
}

class Planning {
  readonly steps: Step[] = [];
  readonly tally = emptyTally();
  /** What lies aside already, so that nothing is put there twice. */
  private readonly aside: Set<string>;
  private readonly byKey = new Map<Keyed, Map<string, unknown>>();
  /** All attempts, those of the file too. */
  private allAttempts: RecordOf<'attempts'>[] = [];

  constructor(
    private readonly here: Here,
    private readonly nowMs: number,
  ) {
    this.aside = new Set(
      here.aside.map(({ value }) => {
        const { store, stored } = value as { store: string; stored: unknown };
        return canonical([store, stored]);
      }),
    );
  }

  /** The records of the file that can be read. Of the others, newer ones are carried along and broken ones put aside. */
  sift<Name extends StoreName>(name: Name, work: Contents['work']): RecordOf<Name>[] {
    const whole: RecordOf<Name>[] = [];
    for (const stored of work[name] ?? []) {
      const read = readRecord(storeSchemas[name] as v.GenericSchema, stored);
      if (read.is === 'whole') whole.push(read.record as RecordOf<Name>);
      else if (read.is === 'newer') this.carry(name, stored);
      else this.putAside(name, stored);
    }
    return whole;
  }

  putAside(store: string, stored: unknown, atMs = this.nowMs): void {
    const content = canonical([store, stored]);
    if (this.aside.has(content)) return;
    this.aside.add(content);
    this.tally.putAside += 1;
    this.steps.push({ do: 'add', store: 'aside', value: { store, stored, atMs } });
  }

  /** A record of a newer form goes where nothing is in its way, untouched. */
  private carry(name: StoreName, stored: unknown): void {
    const value = stored as Record<string, unknown>;
    if (isKeyed(name)) {
      const key = keyOf[name](value as never);
      if (!isValidKey(key)) return this.putAside(name, stored);
      const held = this.held(name, key);
      if (held === undefined) this.carried(name, 'put', value);
      else if (canonical(held) !== canonical(value)) this.putAside(name, stored);
      return;
    }
    const withoutId = name === 'versions' ? withoutKey(value) : value;
    const isHere = this.here[name].some(
      (one) =>
        canonical(name === 'versions' ? withoutKey(one.value as object) : one.value) === canonical(withoutId),
    );
    if (!isHere) this.carried(name, 'add', withoutId);
  }

  private carried(store: StoreName, what: 'put' | 'add', value: unknown): void {
    this.tally.newer += 1;
    this.steps.push({ do: what, store, value });
  }

  /** The record of the file, beside what is here under its key. */
  keyed<Name extends Keyed>(
    name: Name,
    there: RecordOf<Name>,
    merge: (held: RecordOf<Name>, there: RecordOf<Name>) => RecordOf<Name>,
  ): void {
    const count = this.tally[name];
    const stored = this.held(name, keyOf[name](there as never));
    const read = readRecord(storeSchemas[name] as v.GenericSchema, stored);
    if (read.is === 'newer') return this.putAside(name, there);
    if (read.is === 'broken') this.putAside(name, stored);
    const held = read.is === 'whole' ? (read.record as RecordOf<Name>) : undefined;
    const stands = held ? merge(held, there) : there;
    if (held && canonical(held) === canonical(stands)) {
      count[canonical(held) === canonical(there) ? 'same' : 'kept'] += 1;
      return;
    }
    count[held ? 'changed' : 'added'] += 1;
    this.steps.push({ do: 'put', store: name, value: stands });
  }

  /** They have no keys of their own: equal contents are the same attempt. */
  attempts(there: readonly RecordOf<'attempts'>[]): void {
    const held = this.wholes('attempts');
    const known = new Set(held.map(({ record }) => canonical(record)));
    const fresh = there.filter((one) => !known.has(canonical(one)) && known.add(canonical(one)));
    this.tally.attempts.added += fresh.length;
    this.tally.attempts.same += there.length - fresh.length;
    this.inOrder('attempts', held, fresh);
    this.allAttempts = [...held.map(({ record }) => record), ...fresh];
  }

  progress(there: readonly RecordOf<'progress'>[]): void {
    for (const one of there) {
      const attempts = this.allAttempts.filter(({ exercise }) => exercise === one.exercise);
      this.keyed('progress', one, (held, other) => raised(mergeProgress(held, other), attempts));
    }
  }

  /** The newest draft stands. Texts that it displaces become versions. */
  drafts(there: readonly Draft[], versionsThere: readonly Version[]): void {
    const held = this.wholes('versions');
    const known = new Set(held.map(({ record }) => versionKey(record)));
    const fresh: Version[] = [];
    const keep = ({ id: _, ...version }: Version): boolean => {
      if (known.has(versionKey(version))) return false;
      known.add(versionKey(version));
      fresh.push(version);
      return true;
    };
    for (const version of versionsThere) this.tally.versions[keep(version) ? 'added' : 'same'] += 1;
    for (const [exercise, own] of grouped(there, ({ exercise }) => exercise)) {
      // A tab's own text is newer than the draft of that browser, or older: all stand in one line.
      const [newest, ...older] = own.sort((a, b) => b.savedAtMs - a.savedAtMs) as [Draft, ...Draft[]];
      const stored = this.held('drafts', exercise);
      const read = readRecord(storeSchemas.drafts, stored);
      const now = read.is === 'whole' ? read.record : undefined;
      const stands = now && now.savedAtMs >= newest.savedAtMs ? now : newest;
      const displace = (draft: Draft): boolean =>
        draft.text !== stands.text &&
        keep({ form: 1, exercise, text: draft.text, atMs: draft.savedAtMs, why: 'another tab' });
      let displaced = 0;
      for (const draft of [newest, ...older]) if (displace(draft)) displaced += 1;
      if (now) displace(now);
      if (read.is === 'newer') {
        this.putAside('drafts', newest);
        continue;
      }
      if (read.is === 'broken') this.putAside('drafts', stored);
      if (stands === now) {
        this.tally.drafts[displaced > 0 ? 'kept' : 'same'] += 1;
        continue;
      }
      this.tally.drafts[now ? 'changed' : 'added'] += 1;
      // A higher revision tells an open editor that another text was kept.
      const revision = Math.max(newest.revision, (now?.revision ?? 0) + 1);
      this.steps.push({ do: 'put', store: 'drafts', value: { ...newest, revision } });
    }
    this.inOrder('versions', held, fresh);
  }

  answers(there: readonly RecordOf<'answers'>[]): void {
    const count = this.tally.answers;
    const held = grouped(
      this.wholes('answers').map(({ record }) => record),
      ({ sitting }) => sitting,
    );
    for (const [sitting, answers] of grouped(there, ({ sitting }) => sitting)) {
      const readable = answers.filter((answer) => {
        const stored = this.held('answers', keyOf.answers(answer));
        const { is } = readRecord(storeSchemas.answers, stored);
        if (is === 'newer') this.putAside('answers', answer);
        if (is === 'broken') this.putAside('answers', stored);
        return is !== 'newer';
      });
      const own = held.get(sitting) ?? [];
      const before = new Set(own.map(canonical));
      const { stands, apart } = mergeAnswers(own, readable);
      const places = new Set(stands.map(({ number }) => number));
      for (const answer of own)
        if (!places.has(answer.number))
          this.steps.push({ do: 'delete', store: 'answers', key: keyOf.answers(answer) });
      for (const answer of stands) {
        if (before.has(canonical(answer))) continue;
        count[own.some(({ number }) => number === answer.number) ? 'changed' : 'added'] += 1;
        this.steps.push({ do: 'put', store: 'answers', value: answer });
      }
      count.same += readable.filter((answer) => before.has(canonical(answer))).length;
      for (const answer of apart) this.putAside('answers', answer);
    }
  }

  scenarios(there: readonly RecordOf<'scenarios'>[]): void {
    for (const one of there) {
      let copy: RecordOf<'scenarios'> | undefined;
      this.keyed('scenarios', one, (held, other) => {
        const merged = mergeScenarios(held, other);
        copy = merged.copy;
        return merged.stands;
      });
      if (copy) this.keyed('scenarios', copy, (held) => held);
    }
  }

  private held(name: Keyed, key: IDBValidKey): unknown {
    let index = this.byKey.get(name);
    if (!index)
      this.byKey.set(name, (index = new Map(this.here[name].map((one) => [canonical(one.key), one.value]))));
    return index.get(canonical(key));
  }

  private wholes<Name extends StoreName>(name: Name): { key: IDBValidKey; record: RecordOf<Name> }[] {
    return this.here[name].flatMap(({ key, value }) => {
      const read = readRecord(storeSchemas[name] as v.GenericSchema, value);
      return read.is === 'whole' ? [{ key, record: read.record as RecordOf<Name> }] : [];
    });
  }

  /** These stores count their keys up, and are read in that order: those of an exercise that gets more are written anew, the oldest first. */
  private inOrder<Name extends 'attempts' | 'versions'>(
    name: Name,
    held: readonly { key: IDBValidKey; record: RecordOf<Name> }[],
    fresh: readonly RecordOf<Name>[],
  ): void {
    for (const exercise of new Set(fresh.map((one) => one.exercise))) {
      const before = held.filter(({ record }) => record.exercise === exercise);
      for (const { key } of before) this.steps.push({ do: 'delete', store: name, key });
      const all = [
        ...before.map(({ record }) => record),
        ...fresh.filter((one) => one.exercise === exercise),
      ];
      for (const record of all.sort((a, b) => a.atMs - b.atMs))
        this.steps.push({ do: 'add', store: name, value: withoutKey(record) });
    }
  }
}

function grouped<T>(all: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(by(one));
    if (group) group.push(one);
    else groups.set(by(one), [one]);
  }
  return groups;
}

const isValidKey = (key: unknown): boolean =>
  typeof key === 'string' ||
  (Array.isArray(key) && typeof key[0] === 'string' && typeof key[1] === 'number' && Number.isFinite(key[1]));

/** Of a version, by what it is and not by who displaced it. */
const versionKey = ({ exercise, text, atMs }: Version): string => canonical([exercise, text, atMs]);

function withoutKey(record: object): object {
  const { id: _, ...rest } = record as { id?: unknown };
  return rest;
}
