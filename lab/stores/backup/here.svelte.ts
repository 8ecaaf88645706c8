/** What is kept in this browser and how the keeping goes, as the data page watches it. */
import { progressView } from '../progress/progress.svelte.ts';
import { quizView } from '../quiz.svelte.ts';
import { readingView } from '../reading.svelte.ts';
import { runsSaved, type RunsStorage } from '../runs-saved.ts';
import { gather } from './backup.ts';
import type { Contents } from './contents.ts';
import { askToKeep, persistence, useOf, type Persistence, type Use } from './persistence.ts';

export class HereView {
  contents = $state.raw<Contents | undefined>();
  /** Why it could not be read. */
  fault = $state('');
  persistence = $state<Persistence>();
  use = $state.raw<Use | undefined>();
  private runsStorage = $state.raw<RunsStorage>({ ok: true, text: '' });
  private readonly progress = progressView();
  private readonly quiz = quizView();
  private readonly reading = readingView();

  /** What the doors to the storage have to tell, each thing once. */
  readonly told: { ok: boolean; text: string }[] = $derived.by(() => {
    const all = [this.progress.storage, this.quiz.storage, this.reading.storage, this.runsStorage];
    const texts = all.map(({ text }) => text).filter((text, i, before) => text && before.indexOf(text) === i);
    return texts.map((text) => ({ ok: all.every((one) => one.text !== text || one.ok), text }));
  });

  async load(): Promise<void> {
    try {
      this.contents = await gather();
      this.fault = '';
    } catch (error) {
      this.fault = error instanceof Error ? error.message : String(error);
    }
    this.persistence = await persistence();
    this.use = await useOf();
    // They tell of records that cannot be read, and that there is no room, when they are asked.
    await Promise.all([this.progress.load(), this.reading.load(), runsSaved().all()]);
    this.runsStorage = runsSaved().storage;
  }

  async ask(): Promise<void> {
    this.persistence = await askToKeep();
  }
}
