/** What the compiler tells while one types: errors, suggestions, and the type under the pointer. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { linter, type Diagnostic } from '@codemirror/lint';
import { hoverTooltip, type EditorView } from '@codemirror/view';
import type { Compiler, Explanation } from './compiler/protocol.ts';
import { faults, setFaults, within } from './faults.ts';

/** Gives the compiler when it is wanted; undefined as long as nobody has touched the editor. */
export type AskCompiler = () => Promise<Compiler> | undefined;

const pauseMs = 400;
/** CodeMirror's names of the icons, by TypeScript's of what is suggested. */
const icons: Record<string, string> = {
  method: 'method',
  function: 'function',
  property: 'property',
  getter: 'property',
  class: 'class',
  interface: 'interface',
  type: 'type',
  keyword: 'keyword',
  const: 'constant',
  let: 'variable',
  var: 'variable',
  parameter: 'variable',
};

export function types(ask: AskCompiler, found: (problems: readonly Diagnostic[]) => void) {
  return [
    linter(
      async (view) => {
        const problems = [...runFaults(view), ...(await typeErrors(view, ask))];
        found(problems);
        return problems;
      },
      {
        delay: pauseMs,
        needsRefresh: ({ transactions }) =>
          transactions.some(({ effects }) => effects.some((effect) => effect.is(setFaults))),
      },
    ),
    autocompletion({ override: [(context) => suggestions(context, ask)], icons: false }),
    hoverTooltip(async (view, at) => {
      const explained = await (await ask())?.explain(view.state.doc.toString(), at);
      if (!explained) return null;
      return { pos: explained.from, end: explained.to, create: () => ({ dom: written(explained) }) };
    }),
  ];
}

/** What the last run found, among the diagnostics, so that their keys go there too. */
const runFaults = ({ state }: EditorView): Diagnostic[] =>
  within(state.field(faults), state.doc).map(({ message, at }) => ({
    from: at.from,
    to: at.to,
    severity: 'error',
    source: 'run',
    message,
  }));

async function typeErrors({ state }: EditorView, ask: AskCompiler): Promise<Diagnostic[]> {
  const compiler = await ask();
  if (!compiler) return [];
  const text = state.doc.toString();
  const problems = await compiler.problems(text);
  return problems.map(({ from, to, message }) => ({
    // An error at the end of the file has no place that could be underlined.
    from: Math.min(from, Math.max(0, text.length - 1)),
    to: Math.min(Math.max(to, from + 1), text.length),
    severity: 'error',
    source: 'types',
    message,
  }));
}

async function suggestions(context: CompletionContext, ask: AskCompiler): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w$]+/);
  if (!word && !context.explicit && !context.matchBefore(/\./)) return null;
  const text = context.state.doc.toString();
  const compiler = await ask();
  const found = await compiler?.suggest(text, context.pos);
  if (!compiler || !found || (!found.member && !word && !context.explicit)) return null;
  return {
    from: found.from,
    validFor: /^[\w$]*$/,
    options: found.list.map(({ label, kind, rank }): Completion => ({
      label,
      type: icons[kind],
      detail: kind,
      boost: rank <= '11' ? 1 : 0,
      info: async () => {
        const explained = await compiler.explainSuggestion(text, context.pos, label);
        return explained ? written(explained) : null;
      },
    })),
  };
}

function written({ type, words }: Explanation): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-explained';
  box.append(type);
  if (words) box.append(Object.assign(document.createElement('p'), { textContent: words }));
  return box;
}
