import { expose } from 'comlink';
import type { Compiler } from './protocol.ts';
import { explain, explainSuggestion, problems, suggest } from './service.ts';

const compiler: Compiler = {
  problems: async (text) => problems(text),
  suggest: async (text, at) => suggest(text, at),
  explain: async (text, at) => explain(text, at),
  explainSuggestion: async (text, at, label) => explainSuggestion(text, at, label),
  format: async (text, at) => (await import('./format.ts')).format(text, at),
};

expose(compiler);
