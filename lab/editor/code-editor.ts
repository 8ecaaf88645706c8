/**
 * The editor of one text. It stands in a shadow root: there CodeMirror's styles are constructed sheets, which the policy of the page
 * allows, and not `<style>` elements, which it blocks.
 */
import {
  acceptCompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyField,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { faults, setFaults, type Fault } from './faults.ts';
import { look } from './look.ts';
import { tierNames } from './tier-names.ts';
import { types, type AskCompiler } from './types.ts';
import { typingOver } from './typing-over.ts';

/** What every text has, also one that is only read. */
export const reading: Extension = [lineNumbers(), javascript({ typescript: true }), look, tierNames];

/** After Escape, for this long, Tab goes to the next control. */
const LEAVE_WITHIN_MS = 2000;

export interface EditorOptions {
  /** The accessible name. */
  label: string;
  text: string;
  /** What `saved` gave at an earlier time; left aside when it does not fit. */
  saved?: unknown;
  compiler: AskCompiler;
  onchange: () => void;
  onfocus: () => void;
  onproblems: (problems: readonly Diagnostic[]) => void;
  onrun: () => void;
  onformat: () => void;
  onsave: () => void;
}

export class CodeEditor {
  private readonly view: EditorView;

  constructor(host: HTMLElement, options: EditorOptions) {
    const root = host.attachShadow({ mode: 'open' });
    this.view = new EditorView({ state: stateFor(options), parent: root, root });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  get cursor(): number {
    return this.view.state.selection.main.head;
  }

  /** Text, selection and history, as plain data. */
  get saved(): unknown {
    return this.view.state.toJSON({ history: historyField });
  }

  /** Puts another text in the place of this one, as one step that can be undone. */
  replace(text: string, cursor = 0): void {
    const { state } = this.view;
    if (text === this.text) return;
    this.view.dispatch({
      changes: smallest(this.text, text),
      selection: { anchor: Math.min(cursor, text.length) },
      userEvent: 'input.replace',
      // Otherwise undo would take what was typed just before along with it.
      annotations: isolateHistory.of('full'),
      scrollIntoView: state.doc.length > 0,
    });
  }

  show(found: readonly Fault[]): void {
    this.view.dispatch({ effects: setFaults.of(found) });
  }

  /** Puts the cursor to a place and the focus into the editor. */
  goTo(at: number): void {
    const anchor = Math.min(at, this.view.state.doc.length);
    this.view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    this.view.focus();
  }

  lineAt(at: number): number {
    return this.view.state.doc.lineAt(Math.min(at, this.view.state.doc.length)).number;
  }

  /** Asks the compiler again, as after its files came. */
  recheck(): void {
    this.show(this.view.state.field(faults));
  }

  focus(): void {
    this.view.focus();
  }

  destroy(): void {
    this.view.destroy();
  }
}

function stateFor(options: EditorOptions): EditorState {
  const extensions = extensionsFor(options);
  const fresh = () => EditorState.create({ doc: options.text, extensions });
  if (!options.saved) return fresh();
  try {
    const state = EditorState.fromJSON(options.saved, { extensions }, { history: historyField });
    return state.doc.toString() === options.text ? state : fresh();
  } catch {
    // Kept by another version of the editor: the text is there, its history is not.
    return fresh();
  }
}

function extensionsFor(options: EditorOptions): Extension {
  const done = (act: () => void) => () => {
    act();
    return true;
  };
  return [
    reading,
    EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false', tabindex: '0' }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    typingOver,
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    search({ top: true }),
    faults,
    types(options.compiler, options.onproblems),
    EditorView.updateListener.of(({ docChanged }) => docChanged && options.onchange()),
    EditorView.domEventHandlers({ focus: () => options.onfocus() }),
    // The editor lets Tab go after an Escape that nothing else took; here also after one that closed a list or undid a selection.
    EditorView.domEventObservers({
      keydown: ({ key }, view) => void (key === 'Escape' && view.setTabFocusMode(LEAVE_WITHIN_MS)),
    }),
    keymap.of([
      { key: 'Mod-Enter', run: done(options.onrun), preventDefault: true },
      { key: 'Mod-s', run: done(options.onsave), preventDefault: true },
      { key: 'Shift-Alt-f', run: done(options.onformat), preventDefault: true },
      { key: 'Tab', run: acceptCompletion },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ];
}

/** The one stretch in which two texts differ, so that cursors and undo keep their places around it. */
export function smallest(from: string, to: string): { from: number; to: number; insert: string } {
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  return { from: start, to: from.length - end, insert: to.slice(start, to.length - end) };
}
