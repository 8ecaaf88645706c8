/** The JSON side: CodeMirror over the document, which holds the one history. It stands in a shadow root, as the policy of the page asks. */
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap, setDiagnostics } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { look } from '../../editor/look.ts';
import type { Problem } from '../../stores/scenario-edit-check.ts';
import { wordsOf } from '../../stores/scenario-edit-check.ts';
import type { ScenarioDocument } from '../../stores/scenario-edit-document.svelte.ts';

/** After Escape, for this long, Tab goes to the next control. */
const LEAVE_WITHIN_MS = 2000;

export const jsonExtensions = (): Extension => [
  lineNumbers(),
  foldGutter(),
  json(),
  look,
  EditorView.contentAttributes.of({ 'aria-label': 'Scenario in JSON', spellcheck: 'false', tabindex: '0' }),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  drawSelection(),
  indentUnit.of('  '),
  EditorState.tabSize.of(2),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  search({ top: true }),
  EditorView.domEventObservers({
    keydown: ({ key }, view) => void (key === 'Escape' && view.setTabFocusMode(LEAVE_WITHIN_MS)),
  }),
  keymap.of([
    ...closeBracketsKeymap,
    ...lintKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...defaultKeymap,
    indentWithTab,
  ]),
];

export class JsonEditor {
  private readonly view: EditorView;
  private readonly detach: () => void;

  constructor(host: HTMLElement, doc: ScenarioDocument) {
    const root = host.attachShadow({ mode: 'open' });
    this.view = new EditorView({
      state: doc.state,
      parent: root,
      root,
      dispatchTransactions: (transactions, view) => {
        view.update(transactions);
        doc.took(view.state);
      },
    });
    this.detach = doc.attach(this.view);
  }

  show(problems: readonly Problem[]): void {
    const most = this.view.state.doc.length;
    const found = problems.map((problem) => ({
      from: Math.min(problem.from, most),
      to: Math.min(problem.to, most),
      severity: 'error' as const,
      message: wordsOf(problem),
    }));
    this.view.dispatch(setDiagnostics(this.view.state, found));
  }

  /** Puts the cursor to a place and the focus into the editor. */
  goTo(from: number, to: number): void {
    const most = this.view.state.doc.length;
    const anchor = Math.min(from, most);
    this.view.dispatch({
      selection: { anchor, head: Math.min(to, most) },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    this.view.focus();
  }

  destroy(): void {
    this.detach();
    this.view.destroy();
  }
}
