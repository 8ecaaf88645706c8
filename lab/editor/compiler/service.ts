/** TypeScript's language service on one file, with a host that knows no disk. */
import ts from 'typescript';
import { learnerFile, libraries } from './libraries.ts';
import { options } from './options.ts';
import type { Explanation, Problem, Suggestions } from './protocol.ts';

const file = '/exercise.ts';
let text = '';
let version = 0;

const host: ts.LanguageServiceHost = {
  getCompilationSettings: () => options,
  getScriptFileNames: () => [learnerFile, file],
  getScriptVersion: (name) => (name === file ? String(version) : '0'),
  getScriptSnapshot(name) {
    const found = readFile(name);
    return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
  },
  getCurrentDirectory: () => '/',
  getDefaultLibFileName: () => '/lib.es2023.d.ts',
  fileExists: (name) => readFile(name) !== undefined,
  readFile,
};

function readFile(name: string): string | undefined {
  return name === file ? text : libraries.get(name);
}

const service = ts.createLanguageService(host);

function look(at: string): void {
  if (at === text && version > 0) return;
  text = at;
  version += 1;
}

/** What the compiler finds wrong. */
export function problems(source: string): Problem[] {
  look(source);
  const found = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
  return found.map(({ start = 0, length = 0, messageText }) => ({
    from: start,
    to: start + length,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
}

const kept = 200;

export function suggest(source: string, at: number): Suggestions | null {
  look(source);
  const found = service.getCompletionsAtPosition(file, at, { includeCompletionsWithInsertText: false });
  if (!found) return null;
  const word = /[\w$]*$/.exec(source.slice(0, at))?.[0] ?? '';
  const list = found.entries
    .filter(({ name }) => name.toLowerCase().startsWith(word.toLowerCase()))
    .sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0))
    .slice(0, kept)
    .map(({ name, kind, sortText }) => ({ label: name, kind, rank: sortText }));
  return { from: at - word.length, member: found.isMemberCompletion, list };
}

export function explainSuggestion(source: string, at: number, label: string): Explanation | null {
  look(source);
  const found = service.getCompletionEntryDetails(file, at, label, {}, undefined, {}, undefined);
  if (!found) return null;
  return { from: at, to: at, type: plain(found.displayParts), words: plain(found.documentation) };
}

export function explain(source: string, at: number): Explanation | null {
  look(source);
  const found = service.getQuickInfoAtPosition(file, at);
  if (!found) return null;
  const { start, length } = found.textSpan;
  return {
    from: start,
    to: start + length,
    type: plain(found.displayParts),
    words: plain(found.documentation),
  };
}

const plain = (parts: readonly ts.SymbolDisplayPart[] = []) => ts.displayPartsToString([...parts]);
