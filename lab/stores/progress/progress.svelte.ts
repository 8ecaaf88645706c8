/** The learner's progress as the pages watch it. */
import { untouched, type Attempt, type Progress } from './records.ts';
import { ProgressStore, type StorageState } from './store.ts';

export class ProgressView {
  /** By exercise; those that were never touched are not in it. */
  records = $state.raw<Readonly<Record<string, Progress>>>({});
  storage = $state.raw<StorageState>({ ok: true, text: '' });
  readonly store = new ProgressStore(
    () => Date.now(),
    (state) => (this.storage = state),
  );

  constructor() {
    this.store.onchange(({ exercise, what }) => {
      if (what === 'progress') void this.store.get(exercise).then((progress) => this.put(progress));
    });
  }

  of(exercise: string): Progress {
    return this.records[exercise] ?? untouched(exercise);
  }

  async load(): Promise<void> {
    const all = await this.store.all();
    this.records = Object.fromEntries(all.map((progress) => [progress.exercise, progress]));
  }

  async recordAttempt(attempt: Omit<Attempt, 'form'>): Promise<void> {
    this.put(await this.store.recordAttempt(attempt));
  }

  async openHint(exercise: string, count: number): Promise<void> {
    this.put(await this.store.openHint(exercise, count));
  }

  async giveUp(exercise: string): Promise<void> {
    this.put(await this.store.giveUp(exercise));
  }

  private put(progress: Progress): void {
    this.records = { ...this.records, [progress.exercise]: progress };
  }
}

let view: ProgressView | undefined;

/** One for the page; the database is opened when it is first asked for. */
export const progressView = (): ProgressView => (view ??= new ProgressView());
