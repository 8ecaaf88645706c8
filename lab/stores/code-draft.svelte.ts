/** The learner's text of one exercise: kept at each pause, and when the page is left. */
import { onLeaving } from '../offline/keepers.ts';
import { forget, leave, left } from './progress/parting.ts';
import type { Version } from './progress/records.ts';
import type { ProgressStore } from './progress/store.ts';

/** What the draft needs of an editor. */
export interface TextHolder {
  readonly text: string;
  /** Text, selection and history as plain data. */
  readonly saved: unknown;
  /** Puts another text in its place, as a step that can be undone. */
  replace(text: string): void;
}

const pauseMs = 300;

export class CodeDraft {
  /** `asked` waits for the pause; `not` could not be kept. */
  state = $state<'kept' | 'asked' | 'not'>('kept');
  keptAtMs = $state<number>();
  /** Another tab has kept another text since this one was read. */
  elsewhere = $state(false);
  /** One sentence on what has just happened to the text. */
  notice = $state('');
  versions = $state.raw<readonly Version[]>([]);
  /** What the editor opens with. */
  opened: { text: string; editor?: unknown } = { text: '' };

  private readonly tab = crypto.randomUUID();
  private holder: TextHolder | undefined;
  /** What was left, as long as the database takes nothing. */
  private unkept: { text: string; editor?: unknown } | undefined;
  private revision = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();
  private readonly store: ProgressStore;
  private readonly exercise: string;
  private readonly starter: string;

  constructor(store: ProgressStore, exercise: string, starter: string) {
    this.store = store;
    this.exercise = exercise;
    this.starter = starter;
  }

  async load(): Promise<void> {
    await this.takeLeft();
    const draft = await this.store.draft(this.exercise);
    this.opened =
      this.unkept ?? (draft ? { text: draft.text, editor: draft.editor } : { text: this.starter });
    if (this.unkept) this.state = 'not';
    this.revision = draft?.revision ?? 0;
    this.keptAtMs = draft?.savedAtMs;
    this.versions = await this.store.versions(this.exercise);
  }

  /** Watches an editor. Gives what ends that, after the last text was kept. */
  hold(holder: TextHolder): () => void {
    this.holder = holder;
    const hide = () => {
      if (document.visibilityState === 'hidden') this.flush();
    };
    const part = () => this.part();
    document.addEventListener('visibilitychange', hide);
    addEventListener('pagehide', part);
    const leaves = onLeaving(() => this.keep().then(() => this.state !== 'not'));
    const forget = this.store.onchange(({ exercise, what }) => {
      if (exercise === this.exercise && what === 'draft') void this.look();
    });
    return () => {
      document.removeEventListener('visibilitychange', hide);
      removeEventListener('pagehide', part);
      leaves();
      forget();
      this.flush();
      this.holder = undefined;
    };
  }

  changed(): void {
    this.state = 'asked';
    this.notice = '';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), pauseMs);
  }

  flush(): void {
    if (this.state !== 'kept') void this.keep();
  }

  /** Keeps the text as it is now. */
  keep(): Promise<void> {
    clearTimeout(this.timer);
    const { holder } = this;
    if (!holder) return this.writing;
    const { text, saved } = holder;
    this.writing = this.writing.then(async () => {
      const kept = await this.store.keepDraft(this.exercise, { text, editor: saved }, this.revision);
      if (!kept) {
        this.state = 'not';
        return;
      }
      this.revision = kept.revision;
      this.keptAtMs = kept.savedAtMs;
      this.elsewhere = false;
      forget(this.exercise, this.tab);
      if (this.state === 'not' || holder.text === text) this.state = 'kept';
      if (!kept.displaced) return;
      this.notice =
        'Another tab had kept another text. Yours is newer and stands; the other one is a version now.';
      this.versions = await this.store.versions(this.exercise);
    });
    return this.writing;
  }

  /** The page goes, maybe before the database has answered. */
  private part(): void {
    if (this.state === 'kept' || !this.holder) return;
    const { text, saved } = this.holder;
    leave(this.exercise, this.tab, { text, editor: saved, base: this.revision, atMs: Date.now() });
    this.flush();
  }

  /** Takes over what tabs have left unkept: the newest text stands, and others become versions. */
  private async takeLeft(): Promise<void> {
    for (const { tab, text, editor, base, atMs } of left(this.exercise)) {
      const draft = await this.store.draft(this.exercise);
      const older = draft !== undefined && draft.savedAtMs > atMs && draft.text !== text;
      const kept = older
        ? await this.store.keepVersion(this.exercise, text, 'another tab')
        : await this.store.keepDraft(this.exercise, { text, editor }, base);
      if (kept) forget(this.exercise, tab);
      else this.unkept = { text, editor };
    }
  }

  /** Begins anew. The text becomes a version, and undo brings it back as well. */
  reset(): Promise<void> {
    return this.exchange(this.starter, 'reset', 'This is the starter again. Your text is kept as a version.');
  }

  async bringBack(version: Version): Promise<void> {
    await this.exchange(version.text, 'brought back', 'The version is back. The text before it is one now.');
  }

  /** Takes the text that another tab has kept. */
  async takeOver(): Promise<void> {
    const draft = await this.store.draft(this.exercise);
    this.elsewhere = false;
    if (!draft) return;
    this.revision = draft.revision;
    await this.exchange(
      draft.text,
      'another tab',
      'This is the text of the other tab. Yours is a version now.',
    );
  }

  private async exchange(text: string, why: Version['why'], notice: string): Promise<void> {
    const { holder } = this;
    if (!holder) return;
    if (holder.text === text) {
      this.notice = 'The text is the same already.';
      return;
    }
    const kept = await this.store.keepVersion(this.exercise, holder.text, why);
    holder.replace(text);
    this.notice = kept
      ? notice
      : 'The text was replaced. It could not be kept as a version, but undo brings it back.';
    await this.keep();
    this.versions = await this.store.versions(this.exercise);
  }

  /** Another tab has kept a draft: the same text is no news. */
  private async look(): Promise<void> {
    const draft = await this.store.draft(this.exercise);
    this.elsewhere =
      draft !== undefined && draft.revision > this.revision && draft.text !== this.holder?.text;
  }
}
