import { ReadingStore, type ReadingStorage } from './reading.ts';

/** What was read, as the pages watch it. */
export class ReadingView {
  /** Ids of sections. */
  read = $state.raw<readonly string[]>([]);
  storage = $state.raw<ReadingStorage>({ ok: true, text: '' });
  private readonly store = new ReadingStore(
    () => Date.now(),
    (state) => (this.storage = state),
  );

  constructor() {
    this.store.onchange(() => void this.load());
  }

  async load(): Promise<void> {
    const marks = await this.store.all();
    const known = marks.map(({ section }) => section);
    this.read = [...known, ...this.read.filter((one) => !known.includes(one))];
  }

  async mark(section: string): Promise<void> {
    if (this.read.includes(section)) return;
    this.read = [...this.read, section];
    await this.store.mark(section);
  }
}

let view: ReadingView | undefined;

/** One for the page; the database is opened when it is first asked for. */
export function readingView(): ReadingView {
  if (!view) {
    view = new ReadingView();
    void view.load();
  }
  return view;
}
