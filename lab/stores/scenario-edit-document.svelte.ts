/**
 * The document of the editor: the text as it is typed, with one history for both sides. The form writes into the text, so undo takes back what
 * was done last, wherever that was.
 */
import { history, isolateHistory, redo, redoDepth, undo, undoDepth } from '@codemirror/commands';
import { EditorState, type Extension, type TransactionSpec } from '@codemirror/state';
import { checkText, type Checked, type Problem } from './scenario-edit-check.ts';
import { moveAt, removeAt, renameAt, setAt, type Path, type TextChange } from './scenario-edit-text.ts';

/** What draws the state; it tells of each new one through `took`. */
export interface DocumentView {
  dispatch(spec: TransactionSpec): void;
}

export class ScenarioDocument {
  /** Text, selection and history. */
  state = $state.raw<EditorState>() as EditorState;
  checked = $state.raw<Checked>() as Checked;
  /** The last text that could be read: what the form shows meanwhile. */
  readable = $state.raw<Checked>() as Checked;
  /** What the last preview found wrong, as long as the text is the same. */
  found = $state.raw<Problem | undefined>();
  readonly problems = $derived(this.found ? [...this.checked.problems, this.found] : this.checked.problems);
  readonly text = $derived(this.state.doc.toString());
  readonly canUndo = $derived(undoDepth(this.state) > 0);
  readonly canRedo = $derived(redoDepth(this.state) > 0);
  private view: DocumentView | undefined;
  /** The setting that was written last: typing on in it is one step back. */
  private writing = '';

  constructor(text: string, extensions: Extension = []) {
    this.state = EditorState.create({ doc: text, extensions: [history(), extensions] });
    this.checked = this.readable = checkText(this.state.doc.toString());
  }

  /** Whoever draws the document takes its changes over. Returns what ends that. */
  attach(view: DocumentView): () => void {
    this.view = view;
    return () => (this.view = undefined);
  }

  /** The state after a change, from whichever side. */
  took(state: EditorState): void {
    const typed = state.doc !== this.state.doc;
    this.state = state;
    if (!typed) return;
    this.found = undefined;
    this.checked = checkText(state.doc.toString());
    if (this.checked.faults.length === 0) this.readable = this.checked;
  }

  /** Whether the form can write: the text is JSON. */
  get writable(): boolean {
    return this.checked.faults.length === 0 && this.checked.tree !== undefined;
  }

  set(path: Path, value: unknown): void {
    const { tree } = this.checked;
    if (!this.writable || !tree) return;
    const key = JSON.stringify(path);
    this.write([setAt(this.text, tree, path, value)], this.writing !== key);
    this.writing = key;
  }

  remove(path: Path): void {
    const { tree } = this.checked;
    const change = this.writable && tree ? removeAt(tree, path) : undefined;
    if (change) this.write([change]);
  }

  move(path: Path, by: number): void {
    const { tree } = this.checked;
    if (this.writable && tree) this.write(moveAt(this.text, tree, path, by));
  }

  rename(path: Path, name: string): void {
    const { tree } = this.checked;
    const change = this.writable && tree ? renameAt(tree, path, name) : undefined;
    if (change) this.write([change]);
  }

  /** Puts another text in the place of this one, as one step. */
  replace(text: string): void {
    if (text !== this.text) this.write([{ from: 0, to: this.text.length, insert: text }]);
  }

  undo(): boolean {
    this.writing = '';
    return undo(this.target);
  }

  redo(): boolean {
    this.writing = '';
    return redo(this.target);
  }

  /** The end of a field's turn: what is typed into it again is a step of its own. */
  rest(): void {
    this.writing = '';
  }

  private write(changes: readonly TextChange[], alone = true): void {
    if (changes.length === 0) return;
    if (alone) this.writing = '';
    this.dispatch({
      changes: [...changes],
      // Only typing is joined to one step.
      userEvent: 'input.type.form',
      ...(alone ? { annotations: isolateHistory.of('before') } : {}),
    });
  }

  private dispatch(spec: TransactionSpec): void {
    if (this.view) this.view.dispatch(spec);
    else this.took(this.state.update(spec).state);
  }

  private get target() {
    return {
      state: this.state,
      dispatch: (spec: TransactionSpec) => this.dispatch(spec),
    } as Parameters<typeof undo>[0];
  }
}
