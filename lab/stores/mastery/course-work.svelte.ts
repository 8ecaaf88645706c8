/** All that the learner has done, gathered from the stores: what the course's pages say of it is computed from here. */
import { keptPlace, ReadingStore, type Place, type ReadMark } from '../reading.ts';
import { progressView } from '../progress/progress.svelte.ts';
import { QuizSaved, type QuizStorage } from '../quiz-saved.ts';
import { runsSaved, type RunRecord } from '../runs-saved.ts';
import type { Traces } from '../resume.ts';
import { keptExperiments } from './experiments.ts';
import { masteryOf, nothingDone, type ObjectiveStanding, type Work } from './mastery.ts';

/** What there is, beside what was done. */
export interface Known {
  exercises: readonly string[];
  objectiveOf: (question: string) => string | undefined;
}

export class CourseWork {
  /** False until all was read for the first time. */
  loaded = $state(false);
  work = $state.raw<Work>(nothingDone);
  traces = $state.raw<Traces>({
    ...{ place: undefined, marks: [], progress: [], drafts: [], sittings: [], answers: [] },
  });
  runs = $state.raw<readonly RunRecord[]>([]);
  /** The best run of Prime Day. */
  best = $state.raw<RunRecord | undefined>();
  /** When it was read. */
  readAtMs = $state(Date.now());
  readonly standings: ObjectiveStanding[] = $derived(masteryOf(this.work));
  private quizStorage = $state.raw<QuizStorage>({ ok: true, text: '' });
  private readingStorage = $state.raw<QuizStorage>({ ok: true, text: '' });
  private runsStorage = $state.raw<QuizStorage>({ ok: true, text: '' });

  private readonly reading = new ReadingStore(
    () => Date.now(),
    (state) => (this.readingStorage = state),
  );
  private readonly progress = progressView();
  private readonly quiz = new QuizSaved(
    () => Date.now(),
    (state) => (this.quizStorage = state),
  );
  private readonly known: Known;

  constructor(known: Known) {
    this.known = known;
  }

  /** What the stores have to tell, the gravest first; undefined when they have nothing. */
  get storage(): QuizStorage | undefined {
    const all = [this.progress.storage, this.quizStorage, this.readingStorage, this.runsStorage].filter(
      ({ text }) => text !== '',
    );
    return all.find(({ ok }) => !ok) ?? all[0];
  }

  /** Reads all, and again when another tab has changed something. Gives what ends that. */
  watch(): () => void {
    const load = (): void => void this.load();
    load();
    this.quiz.onchange(load);
    this.reading.onchange(load);
    const ends = [this.progress.store.onchange(load), runsSaved().onchange(load)];
    return () => {
      for (const end of ends) end();
      void this.quiz.close();
      void this.reading.close();
    };
  }

  async load(): Promise<void> {
    const place = keptPlace();
    const [marks, drafts, { sittings, answers }, runs] = await Promise.all([
      this.reading.all(),
      this.drafts(),
      this.quiz.all(),
      runsSaved().all(),
      this.progress.load(),
    ]);
    const { records } = this.progress;
    this.traces = { place, marks, progress: Object.values(records), drafts, sittings, answers };
    this.work = workOf({ place, marks, records, drafts, sittings, answers, runs }, this.known.objectiveOf);
    this.runs = runs;
    this.best = await runsSaved().best('prime-day');
    this.runsStorage = runsSaved().storage;
    this.readAtMs = Date.now();
    this.loaded = true;
  }

  private async drafts(): Promise<{ exercise: string; savedAtMs: number }[]> {
    const { store } = this.progress;
    const drafts = await Promise.all(this.known.exercises.map((id) => store.draft(id)));
    return drafts.flatMap((draft) => draft ?? []);
  }
}

interface Gathered extends Omit<Traces, 'progress' | 'place' | 'marks'> {
  place: Place | undefined;
  marks: readonly ReadMark[];
  records: Work['progress'];
  runs: readonly RunRecord[];
}

const workOf = (
  { place, marks, records, drafts, sittings, answers, runs }: Gathered,
  objectiveOf: Known['objectiveOf'],
): Work => ({
  read: marks.map(({ section }) => section),
  reading: place?.section,
  progress: records,
  drafts: drafts.map(({ exercise }) => exercise),
  sittings,
  answers,
  objectiveOf,
  experiments: keptExperiments(),
  finished: [...new Set(runs.map(({ scenario }) => scenario))],
});
